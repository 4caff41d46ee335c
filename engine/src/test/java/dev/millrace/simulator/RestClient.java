package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks an exchange over HTTP. */
public final class RestClient {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ObjectMapper json = new ObjectMapper();
    private final URI url;

    public RestClient(Simulator simulator) {
        url = simulator.restUrl();
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(info(body).build());
    }

    HttpRequest.Builder info(String body) {
        return HttpRequest.newBuilder(URI.create(url + "/info"))
                .timeout(Duration.ofSeconds(Waiting.PATIENCE_S))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path)).build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The body as it arrives: what has not come yet is not there to read. */
    InputStream open(String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + "/info").toURL().openConnection();
        connection.setReadTimeout(20_000);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return connection.getInputStream();
    }

    /** The body of a reply that must be a good one. */
    public JsonNode json(String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(body);
        assertEquals(200, response.statusCode(), response.body());
        return json.readTree(response.body());
    }
}
