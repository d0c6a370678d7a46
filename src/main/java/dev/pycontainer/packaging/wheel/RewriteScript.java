package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.MemberHead;
import dev.pycontainer.archive.ZipMember;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a wheel's own scripts the environment's interpreter: "Binary distribution format", "Recommended installer features".
 *
 * <p>"In wheel, scripts are packaged in {distribution}-{version}.data/scripts/. If the first line of a file in scripts/
 * starts with exactly b'#!python', rewrite to point to the correct interpreter. … The b'#!pythonw' convention is allowed."
 */
record RewriteScript(InstallScheme scheme) {

    private static final byte[] PLACEHOLDER = "#!python".getBytes(StandardCharsets.US_ASCII);
    private static final int LIMIT = 64 << 20;

    /** The wheel's scripts that hold the placeholder, rewritten, by their paths in the wheel. */
    Map<String, byte[]> placeholdersOf(Wheel wheel) throws IOException {
        Map<String, byte[]> rewritten = new HashMap<>();
        String scripts = wheel.dataDirectory() + "/scripts/";
        for (ZipMember member : wheel.files()) {
            // A script may be a program of 50 MB, which is not read for its first eight bytes.
            if (member.path().startsWith(scripts)
                    && Arrays.equals(MemberHead.of(wheel.archive(), member, PLACEHOLDER.length), PLACEHOLDER)) {
                rewritten.put(member.path(), of(wheel.read(member, LIMIT)));
            }
        }
        return rewritten;
    }

    /** The script with its first line replaced, and what stood there beyond the interpreter dropped, as pip and uv do. */
    byte[] of(byte[] script) {
        int end = PLACEHOLDER.length;
        while (end < script.length && script[end] != '\n' && script[end] != '\r') {
            end++;
        }
        int body = Math.min(end + (isWindowsLineEnd(script, end) ? 2 : 1), script.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream(script.length + 64);
        out.writeBytes((EntryPointScript.shebang(scheme) + "\n").getBytes(StandardCharsets.UTF_8));
        out.write(script, body, script.length - body);
        return out.toByteArray();
    }

    private static boolean isWindowsLineEnd(byte[] script, int end) {
        return end + 1 < script.length && script[end] == '\r' && script[end + 1] == '\n';
    }
}
