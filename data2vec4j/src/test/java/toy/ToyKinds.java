package toy;

import java.util.List;
import org.data2vec4j.core.KindProvider;
import toy.infill.InfillConfig;
import toy.sine.SineModality;

/** What a jar outside the library registers. */
public final class ToyKinds implements KindProvider {
    /** For the service loader. */
    public ToyKinds() {}

    @Override
    public List<Class<? extends Record>> kinds() {
        return List.of(SineModality.class, InfillConfig.class);
    }
}
