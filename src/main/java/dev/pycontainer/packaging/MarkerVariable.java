package dev.pycontainer.packaging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields of dependency specifiers (PEP 508), "Defined environment marker fields", each with its type. */
enum MarkerVariable {
    OS_NAME(Type.STRING),
    SYS_PLATFORM(Type.STRING),
    PLATFORM_MACHINE(Type.STRING),
    PLATFORM_PYTHON_IMPLEMENTATION(Type.STRING),
    PLATFORM_RELEASE(Type.VERSION_OR_STRING),
    PLATFORM_SYSTEM(Type.STRING),
    PLATFORM_VERSION(Type.VERSION_OR_STRING),
    PYTHON_VERSION(Type.VERSION),
    PYTHON_FULL_VERSION(Type.VERSION),
    IMPLEMENTATION_NAME(Type.STRING),
    IMPLEMENTATION_VERSION(Type.VERSION),
    EXTRA(Type.EXTRA),
    EXTRAS(Type.SET),
    DEPENDENCY_GROUPS(Type.SET);

    /** How a field is compared: "Marker field types". */
    enum Type {
        STRING,
        VERSION,
        VERSION_OR_STRING,
        EXTRA,
        SET
    }

    // In the wild: setuptools before PEP 508 wrote the dotted names of PEP 345 and `python_implementation`.
    private static final Map<String, MarkerVariable> LEGACY = Map.of(
            "os.name", OS_NAME,
            "sys.platform", SYS_PLATFORM,
            "platform.machine", PLATFORM_MACHINE,
            "platform.version", PLATFORM_VERSION,
            "platform.python_implementation", PLATFORM_PYTHON_IMPLEMENTATION,
            "python_implementation", PLATFORM_PYTHON_IMPLEMENTATION);

    private final Type type;

    MarkerVariable(Type type) {
        this.type = type;
    }

    Type type() {
        return type;
    }

    boolean holdsOneValue() {
        return type != Type.EXTRA && type != Type.SET;
    }

    /** The variable of this name, a legacy name included. */
    static Optional<MarkerVariable> named(String name) {
        return Arrays.stream(values())
                .filter(variable -> variable.toString().equals(name))
                .findFirst()
                .or(() -> Optional.ofNullable(LEGACY.get(name)));
    }

    static List<String> names() {
        return Arrays.stream(values()).map(MarkerVariable::toString).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
