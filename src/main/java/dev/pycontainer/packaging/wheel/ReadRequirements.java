package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipLimits;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads what a wheel requires: the lines {@code Requires-Dist} of its {@code METADATA} (core metadata). */
public final class ReadRequirements {

    /** The requirements as they are written, each without line ends, in their order. */
    public List<String> of(Path file, String fileName) throws IOException {
        try (ZipArchive archive = ZipArchive.open(file, fileName, ZipLimits.WHEEL)) {
            DistInfo info = DistInfo.find(
                    archive.members().stream().map(ZipMember::path).toList());
            return WheelIdentity.fields(archive, info.file("METADATA")).all("Requires-Dist").stream()
                    .map(line -> line.replaceAll("\\R", " "))
                    .toList();
        } catch (BuildRefused refused) {
            throw refused.orTodo(Wheel.ADVICE);
        }
    }
}
