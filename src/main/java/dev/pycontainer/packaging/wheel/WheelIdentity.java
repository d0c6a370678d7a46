package dev.pycontainer.packaging.wheel;

import dev.pycontainer.archive.ZipArchive;
import dev.pycontainer.archive.ZipLimits;
import dev.pycontainer.archive.ZipMember;
import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Utf8Order;
import dev.pycontainer.packaging.PackageName;
import dev.pycontainer.packaging.Version;
import dev.pycontainer.packaging.WheelFileName;
import dev.pycontainer.packaging.WheelTag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The file name that a wheel was built under, told by the wheel itself: for one that was renamed, as repositories of
 * artifacts do.
 *
 * <p>"Binary distribution format", "File contents": {@code WHEEL} holds the tags and the build number, {@code METADATA}
 * name and version.
 */
public final class WheelIdentity {

    private WheelIdentity() {}

    /** The name; a file that is no wheel, or does not tell its name, is refused. */
    public static WheelFileName of(Path file) {
        String shown = String.valueOf(file.getFileName());
        try (ZipArchive archive = ZipArchive.open(file, shown, ZipLimits.WHEEL)) {
            DistInfo info = DistInfo.find(
                    archive.members().stream().map(ZipMember::path).toList());
            HeaderFields wheel = fields(archive, info.file("WHEEL"));
            HeaderFields metadata = fields(archive, info.file("METADATA"));
            return WheelFileName.parse(name(wheel, metadata));
        } catch (IOException e) {
            throw BuildRefused.because("The wheel " + file + " cannot be read.")
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        } catch (BuildRefused refused) {
            throw refused.in(file.toString());
        }
    }

    static HeaderFields fields(ZipArchive archive, String path) throws IOException {
        for (ZipMember member : archive.members()) {
            if (member.path().equals(path)) {
                return HeaderFields.parse(archive.read(member, DistInfo.LIMIT));
            }
        }
        throw BuildRefused.because("The wheel has no file " + path + ".");
    }

    private static String name(HeaderFields wheel, HeaderFields metadata) {
        PackageName name = PackageName.of(metadata.first("Name").orElse(""));
        Version version = Version.parse(metadata.first("Version").orElse(""));
        List<WheelTag> tags = wheel.all("Tag").stream().map(WheelIdentity::tag).toList();
        if (tags.isEmpty()) {
            throw BuildRefused.because("The wheel does not tell which Pythons and platforms it is for.")
                    .why("WHEEL has no field Tag");
        }
        String build = wheel.first("Build").map(number -> number + "-").orElse("");
        return name.value().replace('-', '_') + "-" + version + "-" + build
                + compressed(tags, WheelTag::interpreter) + "-" + compressed(tags, WheelTag::abi) + "-"
                + compressed(tags, WheelTag::platform) + ".whl";
    }

    private static WheelTag tag(String text) {
        String[] parts = text.split("-", -1);
        if (parts.length != 3) {
            throw BuildRefused.because("\"" + text + "\" is not the tag of a wheel.")
                    .why("WHEEL names it in Tag");
        }
        return new WheelTag(parts[0], parts[1], parts[2]);
    }

    /** "Compressed Tag Sets": WHEEL expands what the file name holds compressed. */
    private static String compressed(List<WheelTag> tags, Function<WheelTag, String> part) {
        return tags.stream()
                .map(part)
                .collect(Collectors.toCollection(() -> new TreeSet<>(Utf8Order.INSTANCE)))
                .stream()
                .collect(Collectors.joining("."));
    }
}
