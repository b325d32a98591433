package org.data2vec4j.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request says: its settings, and the samples that it is about.
 *
 * @param settings the JSON object without its samples; for forms, the fields that are no files
 * @param samples in order
 */
record RequestBody(ObjectNode settings, List<Sample> samples) {
    /**
     * Reads a request.
     *
     * @throws Refusal 413 if it is too large, 415 if it is neither JSON nor a form, 422 if it does not say what is expected
     */
    static RequestBody read(Request request, int largest) {
        String type = String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        byte[] bytes = bytes(request, largest);
        String kind = type.toLowerCase(Locale.ROOT);
        if (kind.startsWith("multipart/form-data")) {
            return form(type, bytes);
        }
        if (!kind.startsWith("application/json")) {
            throw new Refusal(415, "the content type is " + type + "; allowed: application/json, multipart/form-data");
        }
        return json(bytes);
    }

    private static byte[] bytes(Request request, int largest) {
        Refusal tooLarge = new Refusal(413, "the request is too large; allowed: up to " + largest + " bytes");
        if (request.getLength() > largest) {
            throw tooLarge;
        }
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(largest);
            if (bytes.length == largest && in.read() >= 0) {
                throw tooLarge;
            }
            return bytes;
        } catch (IOException e) {
            throw new Refusal(400, "the request cannot be read: " + e.getMessage(), e);
        }
    }

    private static RequestBody json(byte[] bytes) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(bytes);
        } catch (JacksonException e) {
            throw new Refusal(400, "the request is not JSON: " + firstLine(e), e);
        }
        if (!(root instanceof ObjectNode settings)) {
            throw new Refusal(422, "the request is not a JSON object with model and input");
        }
        JsonNode input = settings.remove("input");
        List<Sample> samples = new ArrayList<>();
        if (input != null && input.isArray()) {
            input.forEach(each -> samples.add(sample(each)));
        } else if (input != null) {
            samples.add(sample(input));
        }
        return new RequestBody(settings, samples);
    }

    private static Sample sample(JsonNode input) {
        if (input.isString()) {
            return new Sample.Text(input.asString());
        }
        if (input.isObject() && input.size() == 1) {
            String key = input.propertyNames().iterator().next();
            JsonNode value = input.get(key);
            if (key.equals("text") && value.isString()) {
                return new Sample.Text(value.asString());
            }
            if ((key.equals("image") || key.equals("audio")) && value.isString()) {
                return new Sample.File(base64(value.asString()));
            }
        }
        throw new Refusal(
                422,
                "an input is neither a string nor an object with one of text, image and audio, of which the last two are base64");
    }

    /** Also in a data: address. */
    private static byte[] base64(String text) {
        int comma = text.startsWith("data:") ? text.indexOf(',') : -1;
        try {
            return Base64.getMimeDecoder()
                    .decode(text.substring(comma + 1).replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new Refusal(422, "an input is not base64: " + e.getMessage(), e);
        }
    }

    private static RequestBody form(String type, byte[] bytes) {
        String boundary = MultiPart.extractBoundary(type);
        if (boundary == null) {
            throw new Refusal(400, "the form has no boundary");
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxMemoryFileSize(bytes.length);
        parser.setUseFilesForPartsWithoutFileName(false);
        ObjectNode settings = JsonMapper.shared().createObjectNode();
        List<Sample> samples = new ArrayList<>();
        CompletableFuture<MultiPartFormData.Parts> parsed = new CompletableFuture<>();
        parser.parse(new ByteBufferContentSource(ByteBuffer.wrap(bytes)), Promise.Invocable.toPromise(parsed));
        try (MultiPartFormData.Parts parts = parsed.join()) {
            for (MultiPart.Part part : parts) {
                String name = String.valueOf(part.getName());
                if (part.getFileName() != null) {
                    samples.add(new Sample.File(content(part)));
                } else if (name.equals("input") || name.equals("text")) {
                    samples.add(new Sample.Text(part.getContentAsString(StandardCharsets.UTF_8)));
                } else {
                    settings.put(name, part.getContentAsString(StandardCharsets.UTF_8));
                }
            }
        } catch (CompletionException | IllegalStateException e) {
            throw new Refusal(400, "the form cannot be read: " + firstLine(e), e);
        }
        return new RequestBody(settings, samples);
    }

    private static byte[] content(MultiPart.Part part) {
        try (InputStream in = Content.Source.asInputStream(part.getContentSource())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new Refusal(400, "the form cannot be read: " + firstLine(e), e);
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** A setting in words; null if it is not there. */
    @Nullable
    String text(String key) {
        JsonNode value = settings.get(key);
        return value == null || value.isNull() ? null : value.asString();
    }

    /** A whole number. */
    int number(String key, int otherwise, int most) {
        JsonNode value = settings.get(key);
        if (value == null || value.isNull()) {
            return otherwise;
        }
        try {
            int number = value.isNumber() ? value.intValue() : Integer.parseInt(value.asString());
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException | JacksonException e) {
            throw new Refusal(422, key + " is not a whole number", e);
        }
        throw new Refusal(422, key + " is " + value + "; allowed: 1 to " + most);
    }
}
