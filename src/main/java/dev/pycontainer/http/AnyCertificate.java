package dev.pycontainer.http;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Trusts every certificate for every host name; only for hosts that the user has declared insecure. */
final class AnyCertificate implements X509TrustManager {

    private AnyCertificate() {}

    /** A client that shares the other's connections and settings, and asks for no proof of identity. */
    static OkHttpClient acceptedBy(OkHttpClient client) {
        AnyCertificate trust = new AnyCertificate();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return client.newBuilder()
                    .sslSocketFactory(context.getSocketFactory(), trust)
                    .hostnameVerifier((host, session) -> true)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must support TLS", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // This client asks for no certificates of clients.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        // Any certificate will do: that is what this class is for.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
