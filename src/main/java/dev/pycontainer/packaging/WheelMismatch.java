package dev.pycontainer.packaging;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Why one wheel does not fit a target: what it is for instead, by its nearest tag.
 *
 * @param found what the wheel is for, in words, where the target differs
 * @param wanted what another base would have to have; lacks what no other base could change
 * @param distance how far the wheel's Python and C library are away, to choose between equal reasons
 */
record WheelMismatch(Map<Reason, String> found, Map<Reason, String> wanted, long distance)
        implements Comparable<WheelMismatch> {

    /** In the order in which they are told; each is worse than all with a smaller weight together. */
    enum Reason {
        IMPLEMENTATION(16),
        PYTHON(4),
        ABI(2),
        LIBC(8),
        LIBC_VERSION(1),
        MACHINE(32),
        SYSTEM(64);

        private final int weight;

        Reason(int weight) {
            this.weight = weight;
        }
    }

    private static final Pattern CPYTHON = Pattern.compile("cp([0-9])([0-9]*)");
    private static final Pattern PURE = Pattern.compile("py([0-9])([0-9]*)");
    private static final int LONGEST = 4;

    /** The mismatch of the wheel's tag that is the least far away. */
    static WheelMismatch of(WheelFileName wheel, Target target) {
        return wheel.tags().stream()
                .map(tag -> new Comparison(tag, target).mismatch())
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("every wheel has a tag"));
    }

    private int weight() {
        return found.keySet().stream().mapToInt(reason -> reason.weight).sum();
    }

    @Override
    public int compareTo(WheelMismatch other) {
        return Comparator.comparingInt(WheelMismatch::weight)
                .thenComparingLong(WheelMismatch::distance)
                .compare(this, other);
    }

    /** Such as {@code Python 3.12 and glibc 2.17}. */
    String foundInWords() {
        return String.join(" and ", found.values());
    }

    /** What another base would have to have for this wheel; nothing where no base could. */
    Optional<String> wantedInWords() {
        return wanted.keySet().containsAll(found.keySet())
                ? Optional.of(wanted.values().stream().distinct().collect(Collectors.joining(" and ")))
                : Optional.empty();
    }

    /** One tag against one target, field by field. */
    private static final class Comparison {

        private final WheelTag tag;
        private final Target target;
        private final Map<Reason, String> found = new EnumMap<>(Reason.class);
        private final Map<Reason, String> wanted = new EnumMap<>(Reason.class);
        private long distance;

        Comparison(WheelTag tag, Target target) {
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
            return new WheelMismatch(found, wanted, distance);
        }

        private void python() {
            Matcher pure = PURE.matcher(tag.interpreter());
            Matcher cpython = CPYTHON.matcher(tag.interpreter());
            if (pure.matches()) {
                version(pure, true);
                abi(tag.abi().equals("none"));
            } else if (cpython.matches()) {
                boolean stable = tag.abi().equals("abi3") || tag.abi().equals("abi3t");
                version(cpython, stable);
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
            boolean anyMinor = minor.isEmpty() && andLater;
            if (!parts.group(1).equals("3")) {
                differentPython(parts.group(1) + (minor.isEmpty() ? "" : "." + minor));
                distance += 1L << 32;
                return;
            }
            BigInteger wantedMinor = minor.isEmpty() ? BigInteger.ZERO : new BigInteger(minor);
            int order = wantedMinor.compareTo(BigInteger.valueOf(target.minor()));
            if (!anyMinor && (order > 0 || (order < 0 && !andLater))) {
                String version = "Python 3." + wantedMinor + (andLater ? " or newer" : "");
                found.put(Reason.PYTHON, version);
                wanted.put(Reason.PYTHON, version);
                int away = minor.length() > LONGEST ? 1 << 20 : wantedMinor.intValue() - target.minor();
                distance += (long) Math.abs(away) << 16;
            }
        }

        private void differentPython(String version) {
            found.put(Reason.PYTHON, "Python " + version);
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
}
