package dev.pycontainer.http;

import dev.pycontainer.content.BuildRefused;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** A host that gave no answer, or broke off in the middle of one. */
public final class Unreachable extends BuildRefused {

    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Kind {
        UNKNOWN_HOST("its name is not known", "check the name, and the network of this machine"),
        REFUSED("it takes no connection", "check name and port, and whether it is running"),
        CERTIFICATE(
                "its TLS certificate is not trusted",
                "add its certificate authority to the trust store of the JDK that runs the build"),
        TLS("it does not speak TLS as expected", "check name and port, and whether it speaks https"),
        TIMEOUT("it gave no answer in time", "check the network, or try again later"),
        BROKEN("the connection broke", "check the network, or try again later");

        private final String why;
        private final String todo;

        Kind(String why, String todo) {
            this.why = why;
            this.todo = todo;
        }
    }

    private final Kind kind;

    private Unreachable(
            Kind kind,
            String what,
            List<String> where,
            @Nullable String why,
            @Nullable String todo,
            @Nullable Throwable cause) {
        super(what, where, why, todo, cause);
        this.kind = kind;
    }

    /** The request brought no answer. */
    static Unreachable of(Request request, IOException fault) {
        Kind kind = kindOf(fault);
        return of(request, fault, kind, kind == Kind.BROKEN ? " broke off the exchange." : " cannot be reached.");
    }

    /** The answer began, and its body did not come to its end. */
    static Unreachable inBody(Request request, IOException fault) {
        // An answer that has begun proves that certificate and TLS were well.
        return of(
                request, fault, fault instanceof SSLException ? Kind.BROKEN : kindOf(fault), " broke off its answer.");
    }

    private static Unreachable of(Request request, IOException fault, Kind kind, String what) {
        HttpUrl url = request.url();
        String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
        return new Unreachable(
                kind,
                host + ":" + url.port() + what,
                List.of(request.method() + " " + RedactedUrl.of(url)),
                kind.why + reason(fault),
                kind.todo,
                fault);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may well be answered a little later. */
    boolean mayPass() {
        return (kind == Kind.REFUSED || kind == Kind.TIMEOUT || kind == Kind.BROKEN)
                && !isCircle()
                && !Thread.currentThread().isInterrupted();
    }

    /** Redirects without end: the library knows them only by its words. */
    private boolean isCircle() {
        return getCause() instanceof ProtocolException fault
                && String.valueOf(fault.getMessage()).startsWith("Too many follow-up requests");
    }

    /** The same fault after several attempts. */
    Unreachable tried(int attempts) {
        return (Unreachable) why(kind.why
                + (getCause() instanceof IOException fault ? reason(fault) : "")
                + "; tried " + attempts + " times");
    }

    private static Kind kindOf(IOException fault) {
        if (fault instanceof UnknownHostException) {
            return Kind.UNKNOWN_HOST;
        }
        if (fault instanceof ConnectException || fault instanceof NoRouteToHostException) {
            return Kind.REFUSED;
        }
        if (fault instanceof SSLPeerUnverifiedException || causedByCertificate(fault)) {
            return Kind.CERTIFICATE;
        }
        if (fault instanceof SSLException) {
            return Kind.TLS;
        }
        // A build that is being interrupted ends with the same type as one whose time has run out.
        return fault instanceof InterruptedIOException
                        && !Thread.currentThread().isInterrupted()
                ? Kind.TIMEOUT
                : Kind.BROKEN;
    }

    private static boolean causedByCertificate(Throwable fault) {
        for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    /** The library's first line; its certificate chains and stack of routes are for the debug log. */
    private static String reason(IOException fault) {
        String message = fault.getMessage();
        return message == null || message.isBlank()
                ? ""
                : ": " + message.lines().findFirst().orElse("");
    }

    @Override
    protected BuildRefused with(
            List<String> where, @Nullable String why, @Nullable String todo, @Nullable Throwable cause) {
        return new Unreachable(kind, what(), where, why, todo, cause);
    }
}
