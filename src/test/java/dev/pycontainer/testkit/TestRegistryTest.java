package dev.pycontainer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRegistryTest {

    @TempDir
    Path directory;

    @Test
    void theLogNamesEachRequestWithItsStatus() throws Exception {
        try (TestRegistry registry = TestRegistry.start(directory)) {
            assertThat(status("http://" + registry.host() + "/v2/", "")).isEqualTo(200);
            assertThat(status("http://" + registry.host() + "/v2/app/manifests/1.0?ns=x", ""))
                    .isEqualTo(404);

            assertThat(registry.log()).containsExactly("GET /v2/ 200", "GET /v2/app/manifests/1.0 404");

            registry.clearLog();
            assertThat(registry.log()).isEmpty();
        }
    }

    @Test
    void aRegistryWithAPasswordLetsInItsUserAlone() throws Exception {
        try (TestRegistry registry = TestRegistry.start(directory, "alice", "s3cret")) {
            String url = "http://" + registry.host() + "/v2/";

            assertThat(status(url, "")).isEqualTo(401);
            assertThat(status(url, "alice:wrong")).isEqualTo(401);
            assertThat(status(url, "alice:s3cret")).isEqualTo(200);
        }
    }

    private static int status(String url, String userInfo) throws IOException {
        HttpURLConnection request = (HttpURLConnection) URI.create(url).toURL().openConnection();
        if (!userInfo.isEmpty()) {
            String encoded = Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
            request.setRequestProperty("Authorization", "Basic " + encoded);
        }
        return request.getResponseCode();
    }
}
