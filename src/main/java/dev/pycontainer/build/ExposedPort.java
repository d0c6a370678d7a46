package dev.pycontainer.build;

import dev.pycontainer.content.BuildRefused;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One key of {@code ExposedPorts}, as in the image specification, "Image Configuration".
 *
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
public record ExposedPort(int number, String protocol) {

    private static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(tcp|udp|sctp))?");

    /** Reads {@code 8000}, {@code 8000/udp} or the range {@code 8000-8010}. */
    public static List<ExposedPort> parse(String text) {
        Matcher parts = PORTS.matcher(text);
        if (parts.matches()) {
            int first = Integer.parseInt(parts.group(1));
            int last = parts.group(2) == null ? first : Integer.parseInt(parts.group(2));
            String protocol = parts.group(3) == null ? "tcp" : parts.group(3);
            if (first >= 1 && first <= last && last <= 65535) {
                return IntStream.rangeClosed(first, last)
                        .mapToObj(number -> new ExposedPort(number, protocol))
                        .toList();
            }
        }
        throw BuildRefused.because("\"" + text + "\" is not a port.")
                .todo(
                        "write a number from 1 to 65535 or a range, and /udp where it is not TCP: 8000, 8000-8010, 53/udp");
    }

    @Override
    public String toString() {
        return number + "/" + protocol;
    }
}
