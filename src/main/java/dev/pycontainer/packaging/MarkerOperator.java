package dev.pycontainer.packaging;

import dev.pycontainer.packaging.Specifier.Operator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** marker_op = version_cmp | 'in' | 'not in' */
enum MarkerOperator {
    ARBITRARY(Operator.ARBITRARY),
    COMPATIBLE(Operator.COMPATIBLE),
    EQUAL(Operator.EQUAL),
    NOT_EQUAL(Operator.NOT_EQUAL),
    AT_MOST(Operator.AT_MOST),
    AT_LEAST(Operator.AT_LEAST),
    LESS(Operator.LESS),
    GREATER(Operator.GREATER),
    IN(null),
    NOT_IN(null);

    private final @Nullable Operator versions;

    MarkerOperator(@Nullable Operator versions) {
        this.versions = versions;
    }

    /** The operator of version specifiers with this symbol; {@code in} and {@code not in} have none. */
    Optional<Operator> versions() {
        return Optional.ofNullable(versions);
    }

    @Override
    public String toString() {
        if (versions != null) {
            return versions.toString();
        }
        return this == IN ? "in" : "not in";
    }
}
