package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ContentCheck;
import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipMember;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where a wheel's files go. Files come in the order of their paths' UTF-8 bytes, each once; directories do not come.
 *
 * <p>A path is relative to the install scheme's prefix, such as {@code bin/django-admin}. An executable file has mode
 * 0755, any other 0644.
 */
public interface WheelDestination {

    /**
     * A file that the installation makes or rewrites.
     *
     * @param size in bytes, of all that {@code content} gives
     */
    void generated(String path, boolean executable, long size, InputStream content) throws IOException;

    /**
     * A file as the wheel holds it. All of its bytes must pass {@code check}, whose end refuses wrong ones.
     *
     * @param archive the wheel, which a destination may ask for the compressed bytes
     */
    void member(String path, boolean executable, ZipArchive archive, ZipMember member, ContentCheck check)
            throws IOException;
}
