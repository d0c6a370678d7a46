package dev.pycontainer.debian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Debian Policy, 6.5: "configure" and an empty version, or "install", are what a script of a new package is called with. */
class FirstInstallationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# useradd x",
                "set -e\nexit 0",
                "exit 0\nuseradd x",
                "true && exit\nuseradd x",
                ": ; true; x=1; x=\"$2\"",
                "echo a 'b c' \"d $e\" >&2; printf a 1>&2 2>/dev/null",
                "false && useradd x",
                "true || useradd x",
                "! true && useradd x",
                "if false; then useradd x; fi",
                "if true; then :; else useradd x; fi",
                "if true; then :; elif useradd x; then useradd y; else useradd z; fi",
                "if [ \"$1\" = upgrade ]; then useradd x; fi",
                "if [ $1 = upgrade ]; then useradd x; fi",
                "if [ \"${1}\" != configure ]\nthen\n\tuseradd x\nfi",
                "if test \"$1\" = triggered; then useradd x; fi",
                "if [ \"$1\" = configure ] && [ -n \"$2\" ]; then useradd x; fi",
                "if [ \"$1\" = configure -a -n \"$2\" ]; then useradd x; fi",
                "if [ \"$1\" = upgrade -o \"x$2\" != x ]; then useradd x; fi",
                "[ -z \"$2\" ] || useradd x",
                "[ ! \"$2\" ] || useradd x",
                "[ \"$2\" ] && useradd x",
                "[ '$2' = '' ] && useradd x",
                "[ \"${2:-}\" = \"\" ] || useradd x",
                "[ \"${2-}\" = \"\" ] || useradd x",
                "dpkg --compare-versions \"$2\" lt-nl 1.2-3~ && useradd x",
                "dpkg --compare-versions \"$2\" le-nl 1.2 && useradd x",
                "dpkg --compare-versions -- \"$2\" ge 1.2 && useradd x",
                "dpkg --compare-versions \"$2\" gt 1.2 && useradd x",
                "dpkg --compare-versions \"$2\" eq 1.2 && useradd x",
                "dpkg --compare-versions \"$2\" lt 1.2 || useradd x",
                "dpkg --compare-versions \"$2\" le 1.2 || useradd x",
                "dpkg --compare-versions \"$2\" ne 1.2 || useradd x",
                "dpkg --compare-versions \"$2\" ge-nl 1.2 || useradd x",
                "dpkg --compare-versions \"$2\" gt-nl 1.2 || useradd x",
                "case \"$1\" in\n  configure)\n  ;;\n  abort-upgrade|abort-remove)\n  ;;\n  *)\n    echo no >&2\n"
                        + "    exit 1\n  ;;\nesac",
                "case \"$1\" in (upgrade) useradd x;; (configure|*) ;; esac",
                "case $1 in configure) ;; conf*) useradd x ;; esac",
                "case \"$1\" in upgrade) if true; then useradd x; fi ;; esac",
                "f() { useradd x; }",
                "f () {\n  local a\n  for b in $(ls); do case $b in (c) rm $b ;; esac; done\n  cat <<EOF\n fi )\nEOF\n}\n",
                "dpkg-maintscript-helper rm_conffile /etc/a 1.0~ -- \"$@\"",
                "dpkg-maintscript-helper mv_conffile /etc/a /etc/b 1.0~ -- \"$@\"",
                "dpkg-maintscript-helper symlink_to_dir /usr/a b 1.0~ -- \"$@\"",
                "dpkg-maintscript-helper dir_to_symlink /usr/a b 1.0~ -- \"$@\"",
                "if which a >/dev/null 2>&1; then :; fi; command -v a > /dev/null || true",
                "if [ -d /a ] && [ -x b ]; then :; fi",
                "for a in b c; do echo $a; done",
                "while [ -e /a ]; do :; done",
                "{ true; }",
                "ldconfig",
                "if [ \"$1\" = upgrade ] \\\n   && true\nthen useradd x; fi",
                "if [ \"$1\" = upgrade ]; then cat <<-'E F'\n\tfi\n\tE F\nuseradd x\nfi",
                "if false; then a=$(b \"c ) $(d)\" `e`) | (f; g) & fi",
                "if false; then case x in y) ;; esac; until a; do b; done; { c; } > d; fi",
                "false || true || useradd x",
                "! ! false && useradd x",
                "[ x = x=y ] && useradd x",
                "[ \"it's\" = \"it's\" ] || useradd x",
                "[ \"$1\" = \"c*\" ] && useradd x",
                "[ \"$1\" = upgrade -a -n \"$a\" ] && useradd x",
                "[ ! ] || useradd x",
                "case \"$1\" in *) ;; configure) useradd x;; esac",
                "echo a\\;useradd x",
                "echo \\\" \\'; exit 0\nuseradd x",
                "false && echo `a b) ; c` && useradd x",
                "echo a$",
                "false && echo ${a:-b c} && useradd x",
                "echo \"it's\"; exit 0\nuseradd x",
                "false && echo $( (a) ; b ) && useradd x",
                "if false; then cat <<EOF\n\tEOF\nfi\nEOF\nuseradd x\nfi",
                "exit 0 2>/dev/null\nuseradd x",
                "echo a >\t/dev/null 2> /dev/null",
                "if false; then f() { :; }\nuseradd x; fi",
            })
    void whatDoesNothingInAFreshTree(String script) {
        assertThat(FirstInstallation.effects(script, "configure")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "useradd x",
                "exit 1",
                "exit $?",
                "set -e -- configure 1",
                "set -n",
                "shift",
                "return 0",
                "eval true",
                ". /lib/lsb",
                "\"echo\" a",
                "echo a > /etc/b",
                "echo a >> /etc/b",
                "> /etc/b",
                "true < /etc/b",
                "{ true; } > /etc/b",
                "echo $(useradd x)",
                "echo \"$(useradd x)\"",
                "echo `useradd x`",
                "a=$(useradd x)",
                "IFS=1",
                "echo a | sh",
                "true &",
                "(exit 0)",
                "cat <<EOF\nEOF",
                "echo a <<EOF\nEOF",
                "for a in $(useradd x); do :; done",
                "for a in b; do useradd $a; done",
                "while useradd x; do :; done",
                "while true; do useradd x; done",
                "case $(useradd x) in a) ;; esac",
                "case \"$a\" in b) useradd x;; esac",
                "case \"$1\" in conf*) useradd x;; esac",
                "case \"$1\" in upgrade) ;; *) useradd x;; esac",
                "case \"$1\" in $a) ;; configure) useradd x;; esac",
                "if [ -d /a ]; then useradd x; fi",
                "if [ -d /a ]; then exit 0; fi; useradd x",
                "if [ -d /a ]; then exit 1; fi",
                "if [ -d /a ]; then :; else useradd x; fi",
                "if [ -d /a ]; then :; elif true; then useradd x; fi",
                "if [ \"$1\" = configure ]; then useradd x; fi",
                "if [ \"$1\" != upgrade ]; then useradd x; fi",
                "if [ -z \"$2\" ]; then useradd x; fi",
                // Two words of nothing make a test of its own name.
                "if [ -n $2 ]; then useradd x; fi",
                "if [ \"$1\" = upgrade -a $a ]; then useradd x; fi",
                "if [ \"$1\" = * ]; then useradd x; fi",
                "if [ configure = ~ ]; then useradd x; fi",
                "if [ \"$1\" == configure ]; then useradd x; fi",
                "if [ \"$1\" = \"$a\" ]; then useradd x; fi",
                "if [ \"$1\" = \"${2:-configure}\" ]; then useradd x; fi",
                "if [ \"$1\" = config\\ure ]; then useradd x; fi",
                "if [ \"$#\" = 2 ]; then useradd x; fi",
                "if [ \"$1\" = upgrade ; then :; fi",
                "if [[ $1 = upgrade ]]; then useradd x; fi",
                "[ -d /a ] && useradd x",
                "[ -d /a ] || useradd x",
                "[ -d /a ] && true || useradd x",
                // dpkg(1): no version is earlier than any, except for the relations that end with -nl.
                "if dpkg --compare-versions \"$2\" lt 1.2; then useradd x; fi",
                "dpkg --compare-versions \"$2\" le 1.2 && useradd x",
                "dpkg --compare-versions \"$2\" ne 1.2 && useradd x",
                "dpkg --compare-versions \"$2\" ge-nl 1.2 && useradd x",
                "dpkg --compare-versions \"$2\" gt-nl 1.2 && useradd x",
                "dpkg --compare-versions $2 lt-nl 1.2 && useradd x",
                "dpkg --compare-versions \"$a\" lt-nl 1.2 && useradd x",
                "dpkg --compare-versions \"$2\" lt-nl \"$a\" && useradd x",
                "dpkg --compare-versions \"$2\" '<' 1.2 && useradd x",
                "dpkg --configure -a",
                "dpkg-maintscript-helper supports rm_conffile && useradd x",
                "command useradd x",
                "ldconfig -r /a",
                "f() { useradd x; }; f",
                "if which a; then useradd x; fi",
                "true useradd\nuseradd x",
                "true # a\\\nuseradd x",
                "A=b useradd x",
                // What is not understood.
                "true() { useradd x; }",
                "function a { true; }",
                "if true; then :",
                "case a in",
                "fi",
                "echo 'a",
                "echo \"a",
                "echo $(a",
                "echo ${a",
                "cat <<EOF",
                "a=(b c)",
                "if false; then ;; fi",
                "if false; then & fi",
                "( true",
                ")",
                "then",
                "true >",
                "exit 0 | true\nuseradd x",
                "echo a | echo b",
                "true || false && useradd x",
                "if false; then case a in b c) ;; esac; fi",
                "case a in $(useradd x)) ;; esac",
                "case ; in a) ;; esac",
                "for a in b | c; do :; done",
                "f(x) { true; }",
                "case a on b) ;; esac",
                "dpkg-maintscript-helper supports rm_conffile",
                "[",
                "dpkg",
                "command",
                "dpkg --compare-versions && useradd x",
                "dpkg --compare-versions \"$2\" lt-nl && useradd x",
                "dpkg --compare-versions \"$2\" lt-nl \"\" && useradd x",
                "[ \"$1\" ] && useradd x",
                "[ \"$1\" = \"con\"* ] && useradd x",
                "false && cat <<EOF",
                "if true; then exit 0; fi | true\nuseradd x",
                "false && true > ; true",
            })
    void whatDoesSomethingOrMay(String script) {
        assertThat(FirstInstallation.effects(script, "configure")).isNotEmpty();
    }

    @Test
    void theLinesAreToldWithTheirCommands() {
        String script = """
                set -e
                useradd a; useradd b
                if [ -e /c ]; then
                    # comment
                    echo 'd
                    e' > /f
                    x=1 addgroup \\
                        g
                fi
                """;
        assertThat(FirstInstallation.effects(script, "configure"))
                .isEqualTo(Map.of(2, "useradd", 6, "", 7, "addgroup"));
    }

    @Test
    void theActionIsTheScripts() {
        String script = "if [ \"$1\" = install ]; then useradd x; fi";
        assertThat(FirstInstallation.effects(script, "install")).containsOnlyKeys(1);
        assertThat(FirstInstallation.effects(script, "configure")).isEmpty();
    }

    @Test
    void depthIsBounded() {
        for (String open : new String[] {"{ ", "if ", "f() ", "echo $(", "echo \"${a:-", "while ", "! "}) {
            assertThat(FirstInstallation.effects(open.repeat(100_000), "configure"))
                    .as(open)
                    .hasSize(1);
        }
    }
}
