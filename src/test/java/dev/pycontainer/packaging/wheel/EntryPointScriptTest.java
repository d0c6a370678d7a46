package dev.pycontainer.packaging.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The text is what uv 0.13.8 writes on Linux. */
class EntryPointScriptTest {

    private static String script(String python, String entryPoint) {
        InstallScheme scheme = new InstallScheme("/opt/venv", "lib/python3.11/site-packages", python, "3.11");
        return new String(EntryPointScript.of(scheme, EntryPoint.parse(entryPoint)), StandardCharsets.UTF_8);
    }

    @Test
    void aScriptImportsTheFirstPartOfTheAttributeAndCallsTheWhole() {
        assertThat(script("/opt/venv/bin/python", "demo.cli:Cls.method")).isEqualTo("""
                        #!/opt/venv/bin/python
                        # -*- coding: utf-8 -*-
                        import sys
                        from demo.cli import Cls
                        if __name__ == "__main__":
                            if sys.argv[0].endswith("-script.pyw"):
                                sys.argv[0] = sys.argv[0][:-11]
                            elif sys.argv[0].endswith(".exe"):
                                sys.argv[0] = sys.argv[0][:-4]
                            sys.exit(Cls.method())
                        """);
    }

    @Test
    void aPathWithASpaceNeedsTheShell() {
        assertThat(script("/opt/my 'venv'/bin/python", "demo:main")).startsWith("""
                        #!/bin/sh
                        '''exec' '/opt/my '"'"'venv'"'"'/bin/python' "$0" "$@"
                        ' '''
                        # -*- coding: utf-8 -*-
                        """);
    }

    @Test
    void aPathThatTheKernelWouldCutNeedsTheShell() {
        // 127 bytes with "#!" and the line end are read by every kernel
        String longest = "/" + "x".repeat(123);
        assertThat(script(longest, "demo:main")).startsWith("#!" + longest + "\n# -*-");
        assertThat(script(longest + "x", "demo:main")).startsWith("#!/bin/sh\n'''exec' '" + longest + "x' ");
    }
}
