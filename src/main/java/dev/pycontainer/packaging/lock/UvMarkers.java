package dev.pycontainer.packaging.lock;

import dev.pycontainer.packaging.Marker;
import java.util.HashMap;
import java.util.Map;

/** The markers of one lock, each text read once: a lock repeats a few markers hundreds of times. */
final class UvMarkers {

    private final Map<String, Marker> read = new HashMap<>();

    Marker of(String text) {
        return read.computeIfAbsent(text, Marker::parse);
    }
}
