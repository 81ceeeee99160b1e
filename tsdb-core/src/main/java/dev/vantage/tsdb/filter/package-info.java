/** Conditions on the attributes of series. */
package dev.vantage.tsdb.filter;
