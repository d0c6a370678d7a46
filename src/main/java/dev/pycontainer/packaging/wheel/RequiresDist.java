package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipLimits;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.packaging.Requirement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a wheel requires: {@code Requires-Dist} of its METADATA, "Core metadata specifications". */
public final class RequiresDist {

    private RequiresDist() {}

    /** The fields as they are written, each in one line, in their order. */
    public static List<String> in(byte[] metadata) {
        return HeaderFields.parse(metadata).all("Requires-Dist").stream()
                .map(text -> text.replaceAll("\\R", " "))
                .toList();
    }

    /** Those of a wheel; a file that is none is refused. */
    public static List<String> of(Path file, String fileName) throws IOException {
        try (ZipArchive archive = ZipArchive.open(file, fileName, ZipLimits.WHEEL)) {
            DistInfo info = DistInfo.find(
                    archive.members().stream().map(ZipMember::path).toList());
            return in(info.read(archive, "METADATA"));
        } catch (BuildRefused refused) {
            throw refused.orTodo(Wheel.ADVICE);
        }
    }

    /** What they mean. In the wild: old wheels require {@code foo (>=1.0.*)}; what no standard knows is no requirement. */
    public static List<Requirement> requirements(List<String> lines) {
        return lines.stream().flatMap(RequiresDist::requirement).toList();
    }

    private static Stream<Requirement> requirement(String text) {
        try {
            return Stream.of(Requirement.parse(text));
        } catch (BuildRefused noRequirement) {
            return Stream.empty();
        }
    }
}
