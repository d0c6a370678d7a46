package dev.pycontainer.testkit;

import dev.pycontainer.archive.ContentCheck;
import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.packaging.wheel.WheelDestination;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A place to install to that keeps what it was given. */
public final class RecordingDestination implements WheelDestination {

    private final List<String> calls = new ArrayList<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    @Override
    public void generated(String path, boolean executable, long size, InputStream content) throws IOException {
        calls.add("generated " + (executable ? "0755 " : "0644 ") + path);
        contents.put(path, content.readNBytes((int) size));
    }

    @Override
    public void member(String path, boolean executable, ZipArchive archive, ZipMember member, ContentCheck check)
            throws IOException {
        byte[] content = archive.read(member, Integer.MAX_VALUE);
        check.update(content, 0, content.length);
        check.finish();
        calls.add("member " + (executable ? "0755 " : "0644 ") + path);
        contents.put(path, content);
    }

    /** One line for each file, such as {@code member 0644 lib/python3.11/site-packages/demo.py}. */
    public List<String> calls() {
        return calls;
    }

    public List<String> paths() {
        return List.copyOf(contents.keySet());
    }

    public byte[] bytes(String path) {
        byte[] content = contents.get(path);
        if (content == null) {
            throw new AssertionError("no " + path + " among " + contents.keySet());
        }
        return content;
    }

    public String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }
}
