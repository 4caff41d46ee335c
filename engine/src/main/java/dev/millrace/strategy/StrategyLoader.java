package dev.millrace.strategy;

import dev.millrace.config.StrategyConfig;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;

/** Makes the strategies that the configuration names. */
public final class StrategyLoader {

    private StrategyLoader() {}

    /**
     * Makes one strategy per entry.
     *
     * @throws IllegalArgumentException naming the class and what is wrong with it
     */
    public static List<Strategy> load(List<StrategyConfig> configs) {
        return configs.stream().map(StrategyLoader::load).toList();
    }

    private static Strategy load(StrategyConfig config) {
        String where = "strategies: class " + config.className();
        try {
            Class<?> type = Class.forName(config.className());
            if (!Strategy.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException(where + " does not implement " + Strategy.class.getName());
            }
            return (Strategy) create(type, config.parameters());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(where + " is not on the class path; put its jar into lib/", e);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    where + " needs a public constructor that takes Map<String, String> or nothing", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(where + " failed in its constructor: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(where + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static Object create(Class<?> type, Map<String, String> parameters) throws ReflectiveOperationException {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (List.of(constructor.getParameterTypes()).equals(List.of(Map.class))) {
                return constructor.newInstance(parameters);
            }
        }
        if (!parameters.isEmpty()) {
            throw new NoSuchMethodException("parameters are given");
        }
        return type.getConstructor().newInstance();
    }
}
