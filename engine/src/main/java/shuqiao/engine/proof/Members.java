package shuqiao.engine.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The members of a JSON object, read strictly; a refusal names the member by its path. */
record Members(JsonNode node, String path) {

    static Members of(JsonNode node, String path) {
        if (!node.isObject()) throw new InvalidReceipt(path, "不是 JSON 对象", "is no JSON object");
        return new Members(node, path);
    }

    /** Nothing unsigned may be smuggled in beside what is known. */
    Members only(Set<String> names) {
        for (var name : node.propertyNames()) {
            if (!names.contains(name)) {
                throw new InvalidReceipt(child(name), "是未知的字段", "is an unknown member");
            }
        }
        return this;
    }

    boolean has(String name) {
        return node.has(name);
    }

    String text(String name) {
        var value = node.path(name);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw new InvalidReceipt(child(name), "应为非空字符串", "must be text and not empty");
        }
        return value.stringValue();
    }

    String oneOf(String name, Set<String> allowed) {
        var value = text(name);
        if (!allowed.contains(value)) {
            throw new InvalidReceipt(child(name), "不是允许的取值", "has no known value");
        }
        return value;
    }

    /** A whole number from 0 to 2^53 - 1. */
    long number(String name) {
        var value = node.path(name);
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > Receipt.NUMBER_MAX) {
            throw new InvalidReceipt(
                    child(name), "应为 0 到 2^53-1 的整数", "must be a whole number from 0 to 2^53 - 1");
        }
        return value.longValue();
    }

    Members object(String name) {
        return of(node.path(name), child(name));
    }

    List<Members> objects(String name) {
        var found = new ArrayList<Members>();
        for (var item : array(name)) found.add(of(item, child(name) + "[" + found.size() + "]"));
        return found;
    }

    List<String> texts(String name) {
        var found = new ArrayList<String>();
        for (var item : array(name)) {
            if (!item.isString()) {
                throw new InvalidReceipt(child(name), "应只含字符串", "must hold text only");
            }
            found.add(item.stringValue());
        }
        return found;
    }

    /**
     * Sentences for people: at least one, none empty, without control characters.
     *
     * @param most how many, and characters of one
     */
    List<String> sentences(String name, int most, int charactersMost) {
        var found = texts(name);
        if (found.isEmpty() || found.size() > most)
            throw new InvalidReceipt(
                    child(name), "应有 1 到 " + most + " 条", "must hold 1 to " + most + " texts");
        for (var text : found) {
            if (text.isBlank()
                    || text.length() > charactersMost
                    || text.chars().anyMatch(Character::isISOControl))
                throw new InvalidReceipt(
                        child(name),
                        "每条应为不超过 " + charactersMost + " 个字符的一行文字",
                        "must hold single lines of at most " + charactersMost + " characters");
        }
        return found;
    }

    private JsonNode array(String name) {
        var value = node.path(name);
        if (!value.isArray()) throw new InvalidReceipt(child(name), "应为数组", "must be a list");
        return value;
    }

    private String child(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
