/**
 * How files are made, so that nobody ever finds half of one: under a random name, which no other
 * process can have chosen and no symbolic link can stand under, and then by one step under its own.
 * {@link dev.vantage.tsdb.files.NewFile} is written by us, {@link
 * dev.vantage.tsdb.files.PartialDirectory} holds a file that another library writes, and {@link
 * dev.vantage.tsdb.files.FileChecks} says what stands under a name. Uses no other package.
 */
package dev.vantage.tsdb.files;
