/** The door. */
package dev.vantage.tsdb;
