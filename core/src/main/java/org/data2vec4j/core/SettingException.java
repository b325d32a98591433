package org.data2vec4j.core;

/**
 * A setting that a record refuses. It names the component of the record alone, so that it reads well to a caller of the constructor:
 * {@code clones is 0; allowed: 1 or more}. Whoever binds a recipe knows where the component was written and what the recipe's user
 * calls it, and puts the place and the whole key in front.
 */
public final class SettingException extends UserException {
    private static final long serialVersionUID = 1L;

    private final String component;
    private final String complaint;

    /**
     * A refusal.
     *
     * @param component the component's name in lower_snake, such as {@code anneal_updates}; a component of a component after a dot
     * @param complaint what is wrong with it, as the rest of a sentence: {@code is -1; allowed: 0 or more}
     */
    public SettingException(String component, String complaint) {
        super(component + " " + complaint);
        this.component = component;
        this.complaint = complaint;
    }

    private SettingException(String component, SettingException cause) {
        super(component + " " + cause.complaint, cause);
        this.component = component;
        this.complaint = cause.complaint;
    }

    /** The component to blame, relative to the record that was refused. */
    public String component() {
        return component;
    }

    /** What is wrong with it, without its name. */
    public String complaint() {
        return complaint;
    }

    /** The same refusal relative to a record that holds the refused one as the component {@code outer}. */
    public SettingException within(String outer) {
        return new SettingException(outer + "." + component, this);
    }
}
