package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.debian.MaintainerScripts.Judgement;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaintainerScriptsTest {

    @Test
    void aPackageWithoutScriptsNeedsNone() {
        assertThat(judge()).isEqualTo(Judgement.NONE);
        assertThat(judge("prerm", "#!/bin/sh\nuserdel x\n", "postrm", "#!/bin/sh\nuserdel x\n", "control", "x"))
                .isEqualTo(Judgement.NONE);
    }

    @Test
    void scriptsForUpgradesAreNotMissed() {
        assertThat(judge(
                        "postinst",
                        "#!/bin/sh\nset -e\n[ \"$1\" = triggered ] && useradd x\n",
                        "preinst",
                        "#! /bin/bash -e\n[ \"$1\" = configure ] && useradd x\nexit 0\n",
                        "config",
                        "#!/usr/bin/sh\n[ \"$1\" = install ] && useradd x\n"))
                .isEqualTo(Judgement.WITHOUT_EFFECT);
    }

    @Test
    void aScriptThatDoesSomethingIsRefusedByName() {
        assertThatThrownBy(() -> judge("postinst", """
                        #!/bin/sh
                        set -e
                        adduser --system \\
                            tiger
                        if [ -x /bin/y ]; then
                            update-alternatives --install /usr/bin/x x /bin/y 1
                        fi
                        echo \t\u00fc > /a
                        rm /b
                        # Automatically added by dh_installsystemd/13
                        systemctl start x
                        # End automatically added section
                        """))
                .isInstanceOf(BuildRefused.class)
                .hasMessage("""
                        The Debian package tiger needs its script postinst, and no script of a package is run.
                          why    on trixie nothing is known that would replace it
                                 line 3: adds a user: adduser --system \\
                                 line 6: registers an alternative, which is a link: \
                        update-alternatives --install /usr/bin/x x /bin/y 1
                                 line 8: echo ?\u00fc > /a
                                 and 2 lines more
                          do     name tiger in from.debian.acceptScripts if what the image runs does without that, take \
                        another package, or a base from a registry in which it is installed""");
    }

    @ParameterizedTest
    @CsvSource({
        "update-alternatives --install a b c 1, registers an alternative",
        "dpkg-divert --add --rename /a, diverts a file of another package",
        "dpkg-statoverride --add a, changes the owner or mode of a file",
        "adduser a, adds a user",
        "useradd a, adds a user",
        "addgroup a, adds a group",
        "groupadd a, adds a group",
        "systemd-sysusers a, adds users and groups",
        "dpkg-trigger a, activates a trigger",
        "update-rc.d a, enables a service",
        "invoke-rc.d a start, starts a service",
        "deb-systemd-helper enable a, enables a service",
        "deb-systemd-invoke start a, starts a service",
        "ucf a b, installs a configuration file",
    })
    void commandsAreToldByWhatTheyDo(String command, String meaning) {
        assertThatThrownBy(() -> judge("preinst", "#!/bin/sh\n" + command))
                .hasMessageContaining("needs its script preinst,")
                .hasMessageContaining("line 2: " + meaning);
    }

    @Test
    void aProgramIsNoShellScript() {
        assertThatThrownBy(() -> judge("config", "#!/usr/bin/perl\nexit 0\n"))
                .hasMessageContaining("needs its script config,")
                .hasMessageContaining("line 1: is no shell script: #!/usr/bin/perl");
        assertThatThrownBy(() -> judge("postinst", "\u007fELF")).hasMessageContaining("is no shell script: ?ELF");
        assertThatThrownBy(() -> judge("postinst", "")).hasMessageContaining("is no shell script");
        assertThatThrownBy(() -> judge("postinst", "#!/bin/sh /a\n")).hasMessageContaining("is no shell script");
    }

    @Test
    void aLongLineIsCutAndTwoCommandsOfALineAreOne() {
        assertThatThrownBy(() -> judge("postinst", "#!/bin/sh\n> a\nuseradd " + "x".repeat(200) + "; ucf b"))
                .hasMessageContaining("line 2: > a\n")
                .hasMessageContaining("line 3: adds a user: useradd " + "x".repeat(92) + "...\n")
                .hasMessageNotContaining("ucf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dh_installdeb",
                "dh_makeshlibs",
                "dh_strip",
                "dh_python3",
                "dh_pypy",
                "dh_installdocs",
                "dh_installinfo",
                "dh_installman",
                "dh_installmenu"
            })
    void sectionsOfDebhelperThatDoNothing(String program) {
        assertThat(judge("postinst", section(program))).isEqualTo(Judgement.WITHOUT_EFFECT);
        assertThatThrownBy(() -> judge("postinst", section(program) + "b\n")).hasMessageContaining("line 5: b");
    }

    @ParameterizedTest
    @CsvSource({
        "dh_installsystemd, enables and starts services",
        "dh_installsystemduser, enables services of users",
        "dh_systemd_enable, enables services",
        "dh_systemd_start, starts services",
        "dh_installinit, enables and starts services",
        "dh_installsysusers, adds users and groups",
        "dh_installtmpfiles, makes directories and files with owners of their own",
        "dh_installalternatives, 'registers alternatives, which are links'",
        "dh_icons, writes the cache of an icon theme",
        "dh_glib, compiles schemas",
        "dh_a_b, runs what dh_a_b added",
    })
    void sectionsOfDebhelperThatDoSomething(String program, String meaning) {
        assertThatThrownBy(() -> judge("postinst", section(program)))
                .hasMessageContaining("line 2: " + meaning)
                .hasMessageNotContaining("more");
    }

    @Test
    void aSectionHoldsNoOther() {
        String begun = "#!/bin/sh\n# Automatically added by dh_strip/1\n";
        assertThatThrownBy(() -> judge("postinst", begun + "b\n"))
                .hasMessageContaining("line 2: begins a section that does not end");
        assertThatThrownBy(() -> judge(
                        "postinst",
                        begun + "# Automatically added by dh_strip/1\n"
                                + "# End automatically added section\nb\n# End automatically added section\n"))
                .hasMessageContaining("line 2: begins a section that does not end");
    }

    @Test
    void aScriptThatIsKnownIsReplacedInItsReleaseAlone() {
        MaintainerScripts scripts = scripts("preinst", "#!/bin/sh\ndpkg-divert --add /lib/a\n");
        assertThat(scripts.judge("trixie", "libreadline8t64", false)).isEqualTo(Judgement.REPLACED);
        assertThatThrownBy(() -> scripts.judge("bookworm", "libreadline8t64", false))
                .hasMessageContaining("on bookworm nothing is known");
        assertThatThrownBy(() -> scripts.judge("trixie", "libreadline9", false)).hasMessageContaining("libreadline9");
        assertThatThrownBy(() -> scripts("postinst", "#!/bin/sh\nb\n").judge("trixie", "libreadline8t64", false))
                .hasMessageContaining("needs its script postinst,");
    }

    @ParameterizedTest
    @CsvSource({
        "base-files, preinst postinst, preinst postinst",
        "libc6, preinst postinst, preinst postinst",
        "libc-bin, postinst, postinst",
        "ca-certificates, config postinst, config postinst",
        "openssl, postinst, postinst",
        "tzdata, config postinst, config postinst",
        "netbase, postinst, postinst",
        "readline-common, postinst, postinst",
        "libreadline8t64, '', preinst",
        "libpython3.11-minimal, postinst, ''",
        "libpython3.13-minimal, '', postinst",
        "python3.11-minimal, preinst postinst, ''",
        "python3.13-minimal, '', preinst postinst",
        "libglib2.0-0, postinst, ''",
        "libglib2.0-0t64, '', preinst postinst",
        "libselinux1, '', postinst",
        "libsensors5, preinst, ''",
        "fontconfig-config, config preinst postinst, config preinst postinst",
        "fontconfig, postinst, postinst",
        "libblas3, postinst, postinst",
        "liblapack3, postinst, postinst",
        "mariadb-common, postinst, postinst",
        "mysql-common, postinst, postinst",
        "perl, postinst, postinst",
        "x11-common, preinst postinst, preinst postinst",
        "unixodbc-common, postinst, postinst",
        // What no data replaces.
        "libopenblas0-pthread, '', ''",
        "libgdk-pixbuf-2.0-0, '', ''",
        "shared-mime-info, '', ''",
        "adduser, '', ''",
        "dbus, '', ''",
        "systemd, '', ''",
    })
    void whatIsKnownOfWhichScripts(String name, String onBookworm, String onTrixie) {
        Map<String, String> known = Map.of("bookworm", onBookworm, "trixie", onTrixie, "forky", "");
        known.forEach((suite, scripts) -> {
            for (String script : List.of("config", "preinst", "postinst", "prerm")) {
                assertThat(KnownScripts.whyHarmless(suite, name, script).isPresent())
                        .as(suite + " " + script)
                        .isEqualTo(List.of(scripts.split(" ")).contains(script));
            }
        });
    }

    @Test
    void theUserMayAnswerForAPackage() {
        assertThat(scripts("postinst", "#!/bin/sh\nb\n").judge("trixie", "tiger", true))
                .isEqualTo(Judgement.ACCEPTED);
        assertThat(scripts("postinst", "#!/bin/sh\n").judge("trixie", "tiger", true))
                .isEqualTo(Judgement.WITHOUT_EFFECT);
    }

    private static String section(String program) {
        return "#!/bin/sh\n# Automatically added by " + program + "/13.24.2\nuseradd x\n"
                + "# End automatically added section\n";
    }

    private static Judgement judge(String... files) {
        return scripts(files).judge("trixie", "tiger", false);
    }

    private static MaintainerScripts scripts(String... files) {
        Map<String, byte[]> control = new HashMap<>();
        for (int i = 0; i < files.length; i += 2) {
            control.put(files[i], files[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return MaintainerScripts.of(control);
    }
}
