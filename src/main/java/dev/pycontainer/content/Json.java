package dev.pycontainer.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON from outside, read strictly and within limits, and JSON of ours, written the same everywhere.
 *
 * <p>A duplicate key is refused, since two readers of one manifest must not differ; numbers keep their digits.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(200)
                            .maxStringLength(64 << 20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** A new empty object, whose keys keep the order in which they are set. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A new empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** @param name what the bytes are, for the refusal's first sentence */
    public static JsonNode read(byte[] bytes, String name) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            throw BuildRefused.because(name + " is not valid JSON.")
                    .why(fault(e))
                    .causedBy(e);
        }
    }

    /** What a parser says is wrong, without the names of its own settings, and near which line. */
    public static String fault(JacksonException e) {
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        return String.valueOf(e.getOriginalMessage())
                        .replaceAll(
                                " \\((?:for [A-Z]|start marker|bound as|`).*| for `.*|: not allowed.*|, from `[^`]*`",
                                "")
                + (line > 0 ? ", near line " + line : "");
    }

    /** Reads at most {@code limit} bytes; more are refused before they are parsed. */
    public static JsonNode read(InputStream in, long limit, String name) throws IOException {
        return read(new BoundedInputStream(in, limit, name).readAllBytes(), name);
    }

    /** Reads a JSON object; any other value is refused. */
    public static ObjectNode readObject(byte[] bytes, String name) {
        if (read(bytes, name) instanceof ObjectNode object) {
            return object;
        }
        throw BuildRefused.because(name + " is not a JSON object.");
    }

    /** Compact UTF-8 bytes in the tree's own order: the form that is digested. */
    public static byte[] compact(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    /** Indented by two spaces with {@code \n} line ends and a last newline: the form that people read. */
    public static byte[] pretty(JsonNode tree) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return (MAPPER.writer().with(printer).writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
