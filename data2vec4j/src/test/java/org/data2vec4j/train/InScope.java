package org.data2vec4j.train;

import org.data2vec4j.tensor.Native;
import org.data2vec4j.tensor.Scope;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs every test of a class on one thread per operator, in a scope of its own that is closed after it. */
public final class InScope implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(InScope.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        Native.threads(1);
        context.getStore(SPACE).put("scope", Scope.open());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getStore(SPACE).remove("scope", Scope.class).close();
    }
}
