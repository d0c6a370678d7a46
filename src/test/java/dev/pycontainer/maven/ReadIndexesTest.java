package dev.pycontainer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.index.Index;
import dev.pycontainer.packaging.index.Indexes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Settings;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which indexes there are, as parameters, settings.xml and environment say. */
class ReadIndexesTest {

    private static final String CORP = "https://corp.example/simple";

    @TempDir
    Path directory;

    private final Settings settings = new Settings();
    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    corp=https://corp.example/simple
                    id=corp url=https://corp.example/simple
                    url=https://corp.example/simple   id=corp
                    """)
    void aCommandLineHoldsAnIndexAsWords(String text) {
        assertThat(reader(text).all().asksInDefaultPlace(index("corp", List.of())))
                .isFalse();
        assertThat(reader(text + " mirrorOf=pypi;other serverId=nexus")
                        .all()
                        .asksInDefaultPlace(new Index(
                                "corp",
                                index("corp", List.of()).url(),
                                List.of("pypi", "other"),
                                Optional.of("nexus"),
                                Optional.empty())))
                .isTrue();
    }

    @Test
    void severalAreSeparatedByCommas() {
        ReadIndexes reader = reader("one=https://one.example/simple mirrorOf=other\\,pypi,two=" + CORP);

        assertThat(reader.all()
                        .asksInDefaultPlace(Index.of(
                                "one", "https://one.example/simple", List.of("other", "pypi"), Optional.empty(), "")))
                .isTrue();
    }

    @Test
    void theConfigurationHoldsAnIndexAsElements() {
        PlexusConfiguration index = new DefaultPlexusConfiguration("index");
        index.addChild("id", "corp");
        index.addChild("url", CORP);
        index.addChild("mirrorOf", "*");
        assertThat(new ReadIndexes(xml(index), settings, environment)
                        .all()
                        .asksInDefaultPlace(index("corp", List.of("*"))))
                .isTrue();

        index.addChild("ulr", CORP);
        assertThatThrownBy(() -> new ReadIndexes(xml(index), settings, environment).all())
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        <python><indexes><index><ulr> is not a parameter of this plugin.
                          do     did you mean url?""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    id=corp ulr=https://me:s3cret@c.example/s | WRITTEN with ulr= is not a parameter of this plugin.
                    id=corp colour=https://c.example/s        | WRITTEN with colour= is not a parameter of this plugin.
                    https://me:s3cret@c.example/s             | WRITTEN holds a word without a name.
                    id=corp id=corp                           | WRITTEN with id= is given twice.
                    id=corp                                   | The index "corp" of WRITTEN has no url.
                    url=https://c.example/s                   | An index of WRITTEN has no id of letters and digits.
                    id=a/b url=https://c.example/s            | An index of WRITTEN has no id of letters and digits.
                    a=https://a.example/s,a=https://b.example/s | WRITTEN has two indexes with the id "a".
                    a=ftp://me:s3cret@a.example/s             | The index's URL ftp://a.example/s is not an HTTP or HTTPS URL.
                    """)
    void whatIsWrongIsRefusedWithoutItsPasswords(String text, String what) {
        assertThatThrownBy(() -> reader(text).all())
                .isInstanceOf(BuildRefused.class)
                .hasMessageStartingWith(what.replace("WRITTEN", "-Dpycontainer.python.indexes"))
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aPasswordInTheParameterIsKnown() {
        assertThat(reader("corp=https://me:s3cret@corp.example/simple").holdsPassword())
                .isTrue();
        assertThat(reader("corp=" + CORP).holdsPassword()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pypi, true",
        "'maven, pypi', true",
        "corp, false",
        "*, false",
        "external:*, false",
        "'*,!central', false",
        "central, false",
        "external:http:*, false"
    })
    void aMirrorOfSettingsCountsOnlyWhereItNamesTheIndex(String mirrorOf, boolean counts) {
        mirror("nexus", mirrorOf, false);

        assertThat(reader("corp=" + CORP)
                        .all()
                        .asksInDefaultPlace(Index.of(
                                "nexus", "https://nexus.example/simple", List.of("pypi"), Optional.empty(), "")))
                .isEqualTo(counts);
    }

    @Test
    void aBlockedMirrorBlocks() {
        mirror("nexus", "pypi", true);

        assertThatThrownBy(() -> reader("corp=" + CORP).all())
                .hasMessage("The index \"pypi\" is blocked.\n  where  the mirror \"nexus\" of settings.xml");
    }

    @Test
    void pipsVariableIsTheWeakest() {
        environment.put("PIP_INDEX_URL", "https://me:s3cret@pip.example/simple/");
        Index pip = reader("corp=" + CORP).ofPip().orElseThrow();
        assertThat(reader("corp=" + CORP).all().asksInDefaultPlace(pip)).isTrue();
        assertThat(pip.toString()).isEqualTo("https://pip.example/simple");

        assertThat(reader("corp=" + CORP + " mirrorOf=*").all().asksInDefaultPlace(pip))
                .isFalse();
        mirror("nexus", "pypi", false);
        assertThat(reader("corp=" + CORP).all().asksInDefaultPlace(pip)).isFalse();
    }

    private ReadIndexes reader(String text) {
        return new ReadIndexes(
                new GivenParameters(directory).with("python.indexes", text).parameters(), settings, environment);
    }

    private static Parameters xml(PlexusConfiguration index) {
        DefaultPlexusConfiguration python = new DefaultPlexusConfiguration("python");
        python.getChild("indexes", true).addChild(index);
        return new Parameters(List.of(new XmlParameters(Map.of("python", python), List.of())));
    }

    private void mirror(String id, String mirrorOf, boolean blocked) {
        Mirror mirror = new Mirror();
        mirror.setId(id);
        mirror.setMirrorOf(mirrorOf);
        mirror.setUrl("https://nexus.example/simple");
        mirror.setBlocked(blocked);
        settings.addMirror(mirror);
    }

    private static Index index(String id, List<String> mirrorOf) {
        return Index.of(id, CORP, mirrorOf, Optional.empty(), "the test");
    }

    @Test
    void theDefaultIndexHasAName() {
        assertThat(Indexes.DEFAULT_ID).isEqualTo("pypi");
    }
}
