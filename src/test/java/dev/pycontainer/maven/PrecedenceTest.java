package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Precedence of every leaf: {@code -D}, then the plugin's configuration, then the POM's property. */
class PrecedenceTest {

    private final Properties commandLine = new Properties();
    private final Map<String, PlexusConfiguration> xml = new HashMap<>();
    private final Properties pom = new Properties();

    static Stream<Leaf> everyLeaf() {
        return Leaves.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("everyLeaf")
    void theCommandLineBeatsTheConfigurationWhichBeatsThePomsProperty(Leaf leaf) {
        assertThat(valueOf(leaf)).isEqualTo(leaf.kind() == Leaf.Kind.FLAG ? Optional.of(false) : Optional.empty());

        pom.setProperty("pycontainer." + leaf.path(), sample(leaf, 1));
        assertThat(valueOf(leaf)).isEqualTo(Optional.of(read(leaf, 1)));

        element(leaf.path()).setValue(sample(leaf, 2));
        assertThat(valueOf(leaf)).isEqualTo(Optional.of(read(leaf, 2)));

        commandLine.setProperty("pycontainer." + leaf.path(), sample(leaf, 3));
        assertThat(valueOf(leaf)).isEqualTo(Optional.of(read(leaf, 3)));
    }

    @Test
    void listsAreCommaSeparatedWithABackslashForACommaItself() {
        commandLine.setProperty("pycontainer.container.args", "--bind, 0.0.0.0:8000 ,a\\,b");

        assertThat(parameters().list("container.args")).contains(List.of("--bind", "0.0.0.0:8000", "a,b"));
    }

    @Test
    void listsAndMapsMayBeChildren() {
        element("to.tags").addChild("tag", "1.0");
        element("to.tags").addChild("tag", "latest");
        element("container.environment").addChild("EMPTY", "");
        element("container.environment").addChild("MODE", "a=b,c");

        assertThat(parameters().list("to.tags")).contains(List.of("1.0", "latest"));
        assertThat(parameters().map("container.environment")).contains(Map.of("EMPTY", "", "MODE", "a=b,c"));
    }

    @Test
    void anEmptyElementIsTheEmptyListAndNotAbsent() {
        element("container.entrypoint");

        assertThat(parameters().list("container.entrypoint")).contains(List.of());
    }

    @Test
    void fromAndToMayHoldTheImageItself() {
        root("from").setValue("registry.example/python:3.12");

        assertThat(parameters().text("from.image")).contains("registry.example/python:3.12");
    }

    @Test
    void anUnknownParameterOnTheCommandLineIsRefusedWithTheNearestName() {
        commandLine.setProperty("pycontainer.from.imgae", "x");

        assertThatThrownBy(this::parameters).hasMessage("""
                        -Dpycontainer.from.imgae is not a parameter of this plugin.
                          do     did you mean from.image?""");
    }

    @Test
    void anUnknownElementIsRefusedAtAnyDepth() {
        element("container.healthcheck").addChild("intervall", "30s");

        assertThatThrownBy(this::parameters).hasMessage("""
                        <container><healthcheck><intervall> is not a parameter of this plugin.
                          do     did you mean container.healthcheck.interval?""");
    }

    @Test
    void anUnknownElementAtTheTopIsRefused() {
        root("form").addChild("image", "x");

        assertThatThrownBy(this::parameters).hasMessageStartingWith("<form> is not a parameter of this plugin.");
    }

    @Test
    void aPropertyOfThePomMayBeginWithThePrefixAndBeTheUsersOwn() {
        pom.setProperty("pycontainer.version", "0.1.0");

        assertThat(parameters().text("to.image")).isEmpty();
    }

    @Test
    void valuesThatDoNotFitTheirKindAreRefusedWhereTheyWereWritten() {
        commandLine.setProperty("pycontainer.skip", "yes");
        commandLine.setProperty("pycontainer.layers.maximum", "many");
        commandLine.setProperty("pycontainer.container.labels", "novalue");
        element("from.image").addChild("name", "x");

        assertThatThrownBy(() -> new Parameters(List.of(PropertyParameters.ofCommandLine(commandLine))).flag("skip"))
                .hasMessage("-Dpycontainer.skip is \"yes\".\n  why    it takes true or false");
        assertThatThrownBy(() -> parameters().number("layers.maximum"))
                .hasMessage("-Dpycontainer.layers.maximum is \"many\".\n  why    it takes a whole number");
        assertThatThrownBy(() -> parameters().map("container.labels"))
                .hasMessage(
                        "-Dpycontainer.container.labels holds \"novalue\".\n  why    it takes pairs: key=value,key=value");
        assertThatThrownBy(() -> parameters().text("from.image"))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("<from><image> takes one value.\n  why    it holds <name>");
    }

    private Parameters parameters() {
        return new Parameters(List.of(
                PropertyParameters.ofCommandLine(commandLine),
                new XmlParameters(xml, List.of()),
                PropertyParameters.ofPom(pom)));
    }

    private PlexusConfiguration root(String name) {
        return xml.computeIfAbsent(name, DefaultPlexusConfiguration::new);
    }

    private PlexusConfiguration element(String path) {
        String[] names = path.split("\\.", -1);
        PlexusConfiguration element = root(names[0]);
        for (int i = 1; i < names.length; i++) {
            element = element.getChild(names[i], true);
        }
        return element;
    }

    private Optional<?> valueOf(Leaf leaf) {
        Parameters parameters = parameters();
        return switch (leaf.kind()) {
            case TEXT -> parameters.text(leaf.path());
            case FLAG -> Optional.of(parameters.flag(leaf.path()));
            case NUMBER -> parameters.number(leaf.path());
            case LIST -> parameters.list(leaf.path());
            case MAP -> parameters.map(leaf.path());
            case STRUCTURES -> parameters.structures(leaf.path(), "id", "url", Set.of("id", "url"));
        };
    }

    private static String sample(Leaf leaf, int place) {
        return switch (leaf.kind()) {
            case TEXT -> "value" + place;
            case FLAG -> place == 2 ? "false" : "true";
            case NUMBER -> "" + place;
            case LIST -> "a" + place + ",b";
            case MAP -> "k=v" + place;
            case STRUCTURES -> "id=k url=v" + place + ",l=w";
        };
    }

    private static Object read(Leaf leaf, int place) {
        return switch (leaf.kind()) {
            case TEXT -> "value" + place;
            case FLAG -> place != 2;
            case NUMBER -> place;
            case LIST -> List.of("a" + place, "b");
            case MAP -> Map.of("k", "v" + place);
            case STRUCTURES -> List.of(Map.of("id", "k", "url", "v" + place), Map.of("id", "l", "url", "w"));
        };
    }
}
