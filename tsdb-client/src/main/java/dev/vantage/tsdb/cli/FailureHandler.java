package dev.vantage.tsdb.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Has {@link Failure} tell users of failures. A class: lambdas would make each command slower. */
final class FailureHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Map<String, String> origins;

  /**
   * Prepares.
   *
   * @param origins where options are set that the command line does not give
   */
  FailureHandler(Map<String, String> origins) {
    this.origins = origins;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    return Failure.badUsage(failure, origins);
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    return Failure.failed(failure, command, origins);
  }
}
