package dev.pycontainer.archive;

import dev.pycontainer.content.BuildRefused;
import dev.pycontainer.content.Digest;
import java.util.Optional;
import java.util.zip.CRC32;

/** Proves that a member's content has the size and the CRC-32 of the archive's directory, and whatever {@code next} asks for. */
final class MemberProof implements ContentCheck {

    private final ZipMember member;
    private final ContentCheck next;
    private final CRC32 crc = new CRC32();
    private long passed;

    MemberProof(ZipMember member, ContentCheck next) {
        this.member = member;
        this.next = next;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        passed += length;
        if (passed > member.size()) {
            throw damaged("it is longer than the " + member.size() + " bytes of the archive's directory");
        }
        crc.update(bytes, offset, length);
        next.update(bytes, offset, length);
    }

    @Override
    public void finish() {
        if (passed != member.size()) {
            throw damaged("it has " + passed + " bytes instead of " + member.size());
        }
        if (crc.getValue() != member.crc()) {
            throw damaged("its CRC-32 is %08x instead of %08x".formatted(crc.getValue(), member.crc()));
        }
        next.finish();
    }

    @Override
    public Optional<Digest> sha256() {
        return next.sha256();
    }

    private static BuildRefused damaged(String why) {
        return BuildRefused.because("A compressed file is damaged.").why(why);
    }
}
