package dev.vantage.tsdb.cli;

import dev.vantage.tsdb.Tsdb;
import dev.vantage.tsdb.protocol.op.AddAttribute;
import dev.vantage.tsdb.protocol.op.ListAttributes;
import dev.vantage.tsdb.protocol.op.SetAttributes;
import dev.vantage.tsdb.series.AttributeChanges;
import dev.vantage.tsdb.series.AttributeTypes;
import dev.vantage.tsdb.series.AttributeValue;
import dev.vantage.tsdb.series.AttributeValue.Type;
import dev.vantage.tsdb.series.Attributes;
import dev.vantage.tsdb.series.InvalidAttributeException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists attributes, declares one, or sets those of a series. */
@Command(
    name = "attributes",
    mixinStandardHelpOptions = true,
    versionProvider = TsdbCommand.Version.class,
    description =
        "Lists the attributes of series and their types, declares one, or sets those of "
            + "a series.",
    subcommands = {
      AttributesCommand.ListThem.class,
      AttributesCommand.Add.class,
      AttributesCommand.SetThem.class
    })
final class AttributesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "list, add or set is missing");
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
          TextTable.of(List.of("name", "type", "built_in"), rows));
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
              TextTable.ofOne(List.of("name", "type"), List.of(name, type.label())))
          .inWords("attribute " + name + " is of type " + type.label());
    }
  }

  /** Changes attributes of a series. */
  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      versionProvider = TsdbCommand.Version.class,
      description =
          "Sets or removes attributes of a stored series. Its points and its other "
              + "attributes stay.")
  static final class SetThem extends Verb.Writing {
    @Parameters(index = "0", paramLabel = "ID", description = "The id of the series.")
    private String id;

    @Parameters(
        index = "1..*",
        paramLabel = "NAME=VALUE",
        description = "An attribute to set, " + TypedAttributes.RULE)
    private List<String> values = List.of();

    @Option(
        names = "--remove",
        paramLabel = "NAME",
        description = "An attribute to remove; the series may lack it.")
    private List<String> removed = List.of();

    @Override
    void check() {
      if (values.isEmpty() && removed.isEmpty()) {
        throw badUsage("NAME=VALUE or --remove is missing");
      }
      texts();
    }

    @Override
    VerbOutput change(Tsdb database) {
      AttributeTypes types = database.attributeTypes();
      Map<String, AttributeValue> set = TypedAttributes.read(texts(), types);
      AttributeChanges changes = new AttributeChanges(Attributes.of(set), new TreeSet<>(removed));
      checkRemoved(types);
      database.setAttributes(id, changes);
      return VerbOutput.of(
              SetAttributes.payload(id).toTree(), TextTable.ofOne(List.of("id"), List.of(id)))
          .inWords("changed attributes of " + id)
          .withWarnings(TypedAttributes.declared(set, types));
    }

    private Map<String, String> texts() {
      return TypedAttributes.split(values, this);
    }

    private void checkRemoved(AttributeTypes types) {
      for (String name : removed) {
        if (types.type(name).isEmpty()) {
          throw new InvalidAttributeException(
              "attribute to remove must be declared: name='"
                  + name
                  + "'"
                  + types.nearest(name).map(near -> ", nearest=" + near).orElse(""));
        }
      }
    }
  }
}
