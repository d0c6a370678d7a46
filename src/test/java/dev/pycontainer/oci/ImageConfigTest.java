package dev.pycontainer.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pycontainer.content.Digest;
import dev.pycontainer.content.Json;
import dev.pycontainer.oci.ImageConfig.AddedLayer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConfigTest {

    private static final Digest ONE = Digest.of("one");
    private static final Digest TWO = Digest.of("two");

    @Test
    void whatNobodyHereKnowsSurvivesLayersPutAbove() {
        ImageConfig config =
                config("{\"moby.thing\":1,\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + ONE + "\"]}}");

        ImageConfig more = config.withLayers(List.of(new AddedLayer(TWO, "libpq5 17.6-0")), Optional.of("1980"));

        assertThat(more.diffIds()).containsExactly(ONE, TWO);
        assertThat(more.json().path("moby.thing").asInt()).isEqualTo(1);
        assertThat(more.json().path("history"))
                .hasToString("[{\"created\":\"1980\",\"comment\":\"a layer of the base\"},"
                        + "{\"created\":\"1980\",\"created_by\":\"pycontainer\",\"comment\":\"libpq5 17.6-0\"}]");
        assertThat(config.diffIds()).containsExactly(ONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # the base's history, of one layer                | how many entries the history has with one layer more
            []                                                | 2
            [{"created_by":"a"}]                              | 2
            [{"created_by":"a"},{"empty_layer":true}]         | 3
            [{"created_by":"a"},{"created_by":"squashed"}]    | 2
            """)
    void thereAreAsManyEntriesOfLayersAsLayers(String history, int entries) {
        ImageConfig config = config("{\"history\":" + history + ",\"rootfs\":{\"diff_ids\":[\"" + ONE + "\"]}}");
        assertThat(config.withLayers(List.of(new AddedLayer(TWO, "x")), Optional.empty())
                        .json()
                        .path("history"))
                .hasSize(entries);
    }

    private static ImageConfig config(String json) {
        return ImageConfig.of(Json.readObject(json.getBytes(StandardCharsets.UTF_8), "the test"));
    }
}
