package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Marker;
import dev.pycontainer.packaging.TomlTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The marker of an entry of a Pipfile or its lock: {@code markers}, and what older ones say by keys of their own. */
final class PipfileMarkers {

    private static final List<String> WHOLE = List.of("markers", "os_markers");
    private static final List<String> FIELDS = List.of(
            "os_name",
            "sys_platform",
            "platform_machine",
            "platform_python_implementation",
            "platform_release",
            "platform_system",
            "platform_version",
            "python_version",
            "python_full_version",
            "implementation_name",
            "implementation_version");

    private PipfileMarkers() {}

    /** All of them together; a key of its own holds operator and value, {@code "sys_platform": "== 'win32'"}. */
    static Optional<Marker> of(TomlTable entry) {
        List<Marker> markers = Stream.concat(
                        WHOLE.stream()
                                .filter(key -> entry.text(key)
                                        .filter(text -> !text.isBlank())
                                        .isPresent())
                                .flatMap(key -> entry.text(key, Marker::parse).stream()),
                        FIELDS.stream()
                                .flatMap(key -> entry.text(key, text -> Marker.parse(key + " " + text)).stream()))
                .toList();
        return markers.isEmpty()
                ? Optional.empty()
                : Optional.of(Marker.parse(
                        markers.stream().map(marker -> "(" + marker + ")").collect(Collectors.joining(" and "))));
    }
}
