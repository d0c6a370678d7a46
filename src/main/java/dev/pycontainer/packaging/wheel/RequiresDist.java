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

    /** In the order of the fields. In the wild: old wheels require in words that no standard knows; those are none. */
    public static List<Requirement> in(byte[] metadata) {
        return HeaderFields.parse(metadata).all("Requires-Dist").stream()
                .flatMap(RequiresDist::requirement)
                .toList();
    }

    /** Of a wheel on this machine; a file that is no wheel is refused. */
    public static List<Requirement> of(Path wheel) throws IOException {
        String shown = String.valueOf(wheel.getFileName());
        try (ZipArchive archive = ZipArchive.open(wheel, shown, ZipLimits.WHEEL)) {
            DistInfo info = DistInfo.find(
                    archive.members().stream().map(ZipMember::path).toList());
            return in(info.read(archive, "METADATA"));
        }
    }

    private static Stream<Requirement> requirement(String text) {
        try {
            return Stream.of(Requirement.parse(text));
        } catch (BuildRefused noRequirement) {
            return Stream.empty();
        }
    }
}
