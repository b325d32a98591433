package org.data2vec4j.serve;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param type of the content
 * @param body the content
 */
@SuppressWarnings("ArrayRecordComponent") // a buffer; never compared
record Answer(int status, String type, byte[] body) {
    static Answer json(JsonNode value) {
        return new Answer(200, "application/json", JsonMapper.shared().writeValueAsBytes(value));
    }

    static Answer of(String type, byte[] body) {
        return new Answer(200, type, body);
    }

    /** An error in the form of OpenAI's API. */
    static Answer error(int status, String message) {
        ObjectNode error = JsonMapper.shared().createObjectNode();
        error.putObject("error")
                .put("message", message)
                .put("type", status >= 500 ? "server_error" : "invalid_request_error")
                .putNull("param")
                .put("code", Integer.toString(status));
        return new Answer(status, "application/json", JsonMapper.shared().writeValueAsBytes(error));
    }
}
