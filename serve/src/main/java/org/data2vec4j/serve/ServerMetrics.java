package org.data2vec4j.serve;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.DoubleSupplier;

/** What a server counts, in the text form of Prometheus. */
final class ServerMetrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("d2v_requests_total")
            .help("Requests by route and status")
            .labelNames("route", "status")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("d2v_request_seconds")
            .help("Time from a request's first byte to its answer")
            .labelNames("route")
            .classicOnly()
            .register(registry);
    private final Histogram batches = Histogram.builder()
            .name("d2v_batch_samples")
            .help("Samples that were embedded together")
            .classicOnly()
            .classicUpperBounds(1, 2, 4, 8, 16, 32, 64)
            .register(registry);

    void waiting(DoubleSupplier samples) {
        GaugeWithCallback.builder()
                .name("d2v_waiting_samples")
                .help("Samples that wait to be embedded")
                .callback(callback -> callback.call(samples.getAsDouble()))
                .register(registry);
    }

    void answered(String route, int status, long nanos) {
        requests.labelValues(route, Integer.toString(status)).inc();
        seconds.labelValues(route).observe(nanos / 1e9);
    }

    void batch(int samples) {
        batches.observe(samples);
    }

    byte[] text() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, registry.scrape());
        return out.toByteArray();
    }
}
