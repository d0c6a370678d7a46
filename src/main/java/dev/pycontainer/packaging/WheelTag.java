package dev.pycontainer.packaging;

import java.util.Locale;

/**
 * What a wheel runs on: platform compatibility tags (PEP 425).
 *
 * @param interpreter the Python tag, such as {@code cp311} or {@code py3}
 * @param abi such as {@code cp311}, {@code none} or the stable one
 * @param platform such as {@code manylinux_2_17_x86_64} or {@code any}
 */
public record WheelTag(String interpreter, String abi, String platform) {

    public WheelTag {
        interpreter = interpreter.toLowerCase(Locale.ROOT);
        abi = abi.toLowerCase(Locale.ROOT);
        platform = platform.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return interpreter + "-" + abi + "-" + platform;
    }
}
