package org.data2vec4j.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** The records that recipes can choose from, as all {@link KindProvider}s on the class path or module path name them. */
public final class Registry {
    private static final String OWN = "org.data2vec4j.";

    private Registry() {}

    /** The records that implement a port, the library's own first, each once. */
    public static List<Class<? extends Record>> kinds(Class<?> port) {
        List<Class<? extends Record>> kinds = new ArrayList<>();
        for (Class<? extends Record> kind : all()) {
            if (port.isAssignableFrom(kind)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private static Set<Class<? extends Record>> all() {
        Set<KindProvider> providers = new LinkedHashSet<>();
        ServiceLoader.load(KindProvider.class, Registry.class.getClassLoader()).forEach(providers::add);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null
                && context != Registry.class.getClassLoader()) { // a plug-in's, as on a cluster or in a server
            ServiceLoader.load(KindProvider.class, context).forEach(providers::add);
        }
        Set<Class<? extends Record>> own = new LinkedHashSet<>();
        Set<Class<? extends Record>> others = new LinkedHashSet<>();
        for (KindProvider provider : providers) {
            (provider.getClass().getName().startsWith(OWN) ? own : others).addAll(provider.kinds());
        }
        own.addAll(others);
        return own;
    }
}
