package org.data2vec4j.config;

import java.util.List;
import java.util.Map;

/** Arguments of the form {@code a.b=c} as one more layer of configuration; the last word on a key wins. */
public final class Overrides {
    private Overrides() {}

    /** The layer that the arguments make. */
    public static ConfigNode.Mapping parse(List<String> arguments) {
        ConfigNode.Mapping layer = new ConfigNode.Mapping(Map.of(), Source.COMMAND_LINE);
        for (String argument : arguments) {
            layer = ConfigLayers.mergeMappings(layer, parse(argument));
        }
        return layer;
    }

    private static ConfigNode.Mapping parse(String argument) {
        Source source = Source.COMMAND_LINE;
        int equals = argument.indexOf('=');
        if (equals <= 0) {
            throw source.error(argument + ": expected key=value, such as train.batch=32");
        }
        String[] keys = argument.substring(0, equals).strip().split("\\.", -1);
        ConfigNode node = value(argument, argument.substring(equals + 1).strip());
        for (int i = keys.length - 1; i >= 0; i--) {
            if (keys[i].isBlank()) {
                throw source.error(argument + ": the key has an empty part; expected names with single dots between");
            }
            node = new ConfigNode.Mapping(Map.of(keys[i], node), source);
        }
        return (ConfigNode.Mapping) node;
    }

    /** Quotes, lists and mappings are YAML; anything else is taken as it stands, so that paths and sentences need no care. */
    private static ConfigNode value(String argument, String text) {
        boolean yaml = !text.isEmpty() && "[{\"'".indexOf(text.charAt(0)) >= 0;
        return yaml ? YamlReader.argument(argument, text) : new ConfigNode.Scalar(text, false, Source.COMMAND_LINE);
    }
}
