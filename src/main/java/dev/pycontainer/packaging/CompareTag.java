package dev.pycontainer.packaging;

import dev.pycontainer.packaging.WheelMismatch.Reason;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares one tag of a wheel with a target, field by field, to tell how they differ. */
final class CompareTag {

    private static final Pattern PURE = Pattern.compile("py([0-9])([0-9]*)");

    /** More digits than a minor version of Python has. */
    private static final int TOO_LONG = 4;

    private final WheelTag tag;
    private final Target target;
    private final Map<Reason, String> found = new EnumMap<>(Reason.class);
    private final Map<Reason, String> wanted = new EnumMap<>(Reason.class);
    private long distance;

    CompareTag(WheelTag tag, Target target) {
        this.tag = tag;
        this.target = target;
    }

    WheelMismatch mismatch() {
        python();
        if (!tag.platform().equals("any")) {
            PlatformTag.parse(tag.platform())
                    .ifPresentOrElse(
                            this::platform, () -> found.put(Reason.SYSTEM, PlatformTag.systemOf(tag.platform())));
        }
        if (found.isEmpty()) {
            // Each part would fit, but no installer accepts them together, such as an ABI on any platform.
            found.put(Reason.SYSTEM, "the tag " + tag);
        }
        return new WheelMismatch(found, wanted, distance);
    }

    private void python() {
        Matcher pure = PURE.matcher(tag.interpreter());
        Matcher own = Pattern.compile(target.kind().tag() + "([0-9])([0-9]*)").matcher(tag.interpreter());
        if (pure.matches()) {
            version(pure, true);
            abi(tag.abi().equals("none"));
        } else if (own.matches()) {
            boolean stable = target.kind() == Implementation.CPYTHON
                    && (tag.abi().equals("abi3") || tag.abi().equals("abi3t"));
            version(own, stable);
            abi(stable ? tag.abi().equals("abi3t") == target.isFreeThreaded() : ownAbiFits());
        } else {
            found.put(Reason.IMPLEMENTATION, "the Python \"" + tag.interpreter() + "\"");
        }
    }

    private boolean ownAbiFits() {
        // Of another Python version the ABI's number says nothing new, its letters do.
        return tag.abi().equals("none")
                || tag.abi().equals(target.abi())
                || (found.containsKey(Reason.PYTHON)
                        && TargetTags.flags(tag.abi()).equals(TargetTags.flags(target.abi())));
    }

    private void version(Matcher parts, boolean andLater) {
        String minor = parts.group(2);
        boolean anyMinor = minor.isEmpty();
        if (!parts.group(1).equals("3")) {
            found.put(Reason.PYTHON, "Python " + parts.group(1) + (minor.isEmpty() ? "" : "." + minor));
            distance += 1L << 32;
            return;
        }
        BigInteger wantedMinor = minor.isEmpty() ? BigInteger.ZERO : new BigInteger(minor);
        int order = wantedMinor.compareTo(BigInteger.valueOf(target.minor()));
        if (!anyMinor && (order > 0 || (order < 0 && !andLater))) {
            String version = "Python 3." + wantedMinor + (andLater ? " or newer" : "");
            found.put(Reason.PYTHON, version);
            wanted.put(Reason.PYTHON, version);
            int away = minor.length() >= TOO_LONG ? 1 << 20 : wantedMinor.intValue() - target.minor();
            distance += (long) Math.abs(away) << 16;
        }
    }

    private void abi(boolean fits) {
        if (!fits) {
            found.put(Reason.ABI, "the ABI " + tag.abi());
            wanted.put(Reason.ABI, "a Python of the ABI " + tag.abi());
        }
    }

    private void platform(PlatformTag platform) {
        platform.libc().ifPresent(libc -> libc(libc, platform));
        if (!platform.machine().equals(target.machine())) {
            found.put(Reason.MACHINE, "linux " + platform.machine());
        }
    }

    private void libc(Libc libc, PlatformTag platform) {
        String version = libc + " " + platform.major() + "." + platform.minor();
        if (libc != target.libc()) {
            found.put(Reason.LIBC, version);
            wanted.put(Reason.LIBC, version + " or newer");
        } else if (platform.major() != target.libcMajor() || platform.minor() > target.libcMinor()) {
            found.put(Reason.LIBC_VERSION, version);
            wanted.put(Reason.LIBC_VERSION, version + " or newer");
        }
        distance += Math.abs(platform.minor() - target.libcMinor());
    }
}
