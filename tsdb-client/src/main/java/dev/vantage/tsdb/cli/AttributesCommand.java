package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.AddAttribute;
import dev.vantage.tsdb.protocol.op.ListAttributes;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue.Type;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists attributes, or declares one. */
@Command(
    name = "attributes",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description = "Lists the attributes of series and their types, or declares one.",
    subcommands = {AttributesCommand.ListThem.class, AttributesCommand.Add.class})
final class AttributesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "list or add is missing");
  }

  /** Lists attributes. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = TsdbCommand.Version.class,
      description = "Lists the declared attributes, and the built-in ones that every series has.")
  static final class ListThem extends Verb.Reading {
    @Override
    VerbOutput ask(Tsdb database) {
      AttributeTypes types = database.attributeTypes();
      List<List<String>> rows =
          types.all().entrySet().stream()
              .map(
                  one ->
                      List.of(
                          one.getKey(),
                          one.getValue().label(),
                          Boolean.toString(AttributeTypes.isBuiltIn(one.getKey()))))
              .toList();
      return VerbOutput.of(
          ListAttributes.payload(types).toTree(),
          Table.of(List.of("name", "type", "built_in"), rows));
    }
  }

  /** Declares an attribute. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      versionProvider = TsdbCommand.Version.class,
      description = "Declares an attribute. Repeating a declaration changes nothing.")
  static final class Add extends Verb.Writing {
    @Parameters(paramLabel = "NAME", description = "The name of the attribute.")
    private String name;

    @Parameters(paramLabel = "TYPE", description = "double, long, text, boolean or timestamp.")
    private Type type;

    @Override
    VerbOutput change(Tsdb database) {
      database.declareAttribute(name, type);
      return VerbOutput.of(
              AddAttribute.payload(name, type).toTree(),
              Table.ofOne(List.of("name", "type"), List.of(name, type.label())))
          .inWords("attribute " + name + " is of type " + type.label());
    }
  }
}
