package dev.pycontainer.packaging.wheel;

import java.nio.charset.StandardCharsets;

/** The script that calls an entry point, byte for byte as uv writes it on Linux; console and gui do not differ there. */
public final class EntryPointScript {

    /** The longest first line that Linux before 5.1 reads, its line end included. */
    private static final int LONGEST_SHEBANG = 127;

    private EntryPointScript() {}

    public static byte[] of(InstallScheme scheme, EntryPoint entryPoint) {
        return """
                %s
                # -*- coding: utf-8 -*-
                import sys
                from %s import %s
                if __name__ == "__main__":
                    if sys.argv[0].endswith("-script.pyw"):
                        sys.argv[0] = sys.argv[0][:-11]
                    elif sys.argv[0].endswith(".exe"):
                        sys.argv[0] = sys.argv[0][:-4]
                    sys.exit(%s())
                """.formatted(shebang(scheme), entryPoint.module(), entryPoint.importName(), entryPoint.attribute())
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The first line or lines of a script, without the last line end. Where the kernel would not understand a plain
     * first line, it is the trampoline of pip and uv: shell to {@code /bin/sh}, a string to Python.
     */
    static String shebang(InstallScheme scheme) {
        String python = scheme.python();
        int length = ("#!" + python + "\n").getBytes(StandardCharsets.UTF_8).length;
        if (length <= LONGEST_SHEBANG && python.indexOf(' ') < 0) {
            return "#!" + python;
        }
        String quoted = "'" + python.replace("'", "'\"'\"'") + "'";
        return "#!/bin/sh\n'''exec' " + quoted + " \"$0\" \"$@\"\n' '''";
    }
}
