/** The command line: a class for each verb, over the door. */
package dev.vantage.tsdb.cli;
