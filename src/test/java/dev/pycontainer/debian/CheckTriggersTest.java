package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTriggersTest {

    private static final String SCHEMAS = "/usr/share/glib-2.0/schemas";
    private static final TriggeringPackage GLIB = of("libglib2.0-0t64", "interest-await " + SCHEMAS);

    @Test
    void aSchemaNeedsTheScriptOfGlib() {
        TriggeringPackage tiger = of("tiger", "", "usr/bin/tiger", "usr/share/glib-2.0/schemas/a.gschema.xml");
        assertThatThrownBy(() -> check(tiger, GLIB))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The Debian package libglib2.0-0t64 needs its script for the package tiger, \
                        and no script of a package is run.
                          why    tiger has "/usr/share/glib-2.0/schemas/a.gschema.xml", and libglib2.0-0t64 is interested in \
                        "/usr/share/glib-2.0/schemas": deb-triggers(5)
                          do     name tiger in from.debian.acceptScripts if what the image runs does without that, take \
                        another package, or a base from a registry in which it is installed""");
        check(tiger);
        check(GLIB, of("tiger", "", "usr/share/glib-2.0/schemas2/a", "usr/share/glib-2.0/schema"));
        new CheckTriggers("trixie", Set.of("tiger")).among(List.of(tiger, GLIB));
        new CheckTriggers("trixie", Set.of("libglib2.0-0t64")).among(List.of(tiger, GLIB));
    }

    @Test
    void aPackagesOwnFilesCount() {
        assertThatThrownBy(() -> check(of("tiger", "interest /usr/a", "usr/a"))).hasMessageContaining("\"/usr/a\"");
    }

    @Test
    void aPathOfBeforeTheMergeIsTheOneInUsr() {
        assertThatThrownBy(() -> check(of("tiger", "interest /lib/a"), of("lion", "", "usr/lib/a/b")))
                .hasMessageContaining("lion has \"/usr/lib/a/b\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"activate a", "activate-await a", "# b\n\n activate-noawait  a # c"})
    void aTriggerIsActivatedByName(String activation) {
        for (String interest : List.of("interest a", "interest-await a", "interest-noawait a")) {
            assertThatThrownBy(() -> check(of("lion", activation), of("tiger", interest)))
                    .hasMessageContaining("lion activates \"a\", and tiger is interested in \"a\"");
        }
        check(of("lion", activation), of("tiger", "interest b"));
        check(of("lion", activation));
    }

    @Test
    void triggersWhoseWorkIsDataAreNotMissed() {
        TriggeringPackage library = of("tiger", "activate-noawait ldconfig");
        check(library, of("libc-bin", "interest-await ldconfig"));
        check(of("tiger", "", "usr/share/fonts/a.ttf"), of("fontconfig", "interest-noawait /usr/share/fonts"));
        assertThatThrownBy(() -> check(library, of("lion", "interest ldconfig")))
                .hasMessageContaining("lion");
        assertThatThrownBy(() -> new CheckTriggers("forky", Set.of())
                        .among(List.of(library, of("libc-bin", "interest-await ldconfig"))))
                .hasMessageContaining("libc-bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"interest", "activate a b", "interested a"})
    void aTriggerThatNobodyKnowsIsRefused(String line) {
        assertThatThrownBy(() -> check(of("tiger", line)))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("The Debian package tiger has a trigger \"" + line + "\".\n"
                        + "  why    deb-triggers(5) knows interest and activate, each with one name");
    }

    @Test
    void triggersAreReadFromTheControlFiles() {
        MaintainerScripts scripts =
                MaintainerScripts.of(Map.of("triggers", "interest a\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(TriggeringPackage.of("tiger", scripts, List.of()).interests())
                .containsExactly("a");
    }

    private static TriggeringPackage of(String name, String triggers, String... paths) {
        return new TriggeringPackage(name, triggers, List.of(paths));
    }

    private static void check(TriggeringPackage... all) {
        new CheckTriggers("trixie", Set.of()).among(List.of(all));
    }
}
