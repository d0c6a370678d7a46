package dev.pycontainer.packaging;

import java.util.Optional;

/**
 * A wheel that does not fit a target.
 *
 * @param isFor what the wheel is for instead, where the target differs: {@code Python 3.12 and glibc 2.17}
 * @param base what another base would have to have for it; nothing where no base could
 */
public record Misfit(WheelFileName wheel, String isFor, Optional<String> base) {}
