package io.vmrestore.simulator.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vmrestore.simulator.faults.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

class OddAnswersTest {

    @Test
    void oneFieldOfTheThingWithTheIdAlone() {
        Answer odd = in(
                "{'servers':[{'id':'a','status':'ACTIVE'},{'id':'b','status':'ACTIVE'}]}",
                new Fault.OddAnswer("b", "status", NullNode.getInstance()),
                new Fault.OddAnswer("b", "name", StringNode.valueOf("added")));

        assertThat(odd.body())
                .hasToString(
                        json("{'servers':[{'id':'a','status':'ACTIVE'},{'id':'b','status':null,'name':'added'}]}"));
    }

    @Test
    void everythingThatHasTheField() {
        Answer odd = in(
                "{'volumeAttachments':[{'volumeId':'a','x':true},{'volumeId':'b'}]}",
                new Fault.OddAnswer(null, "x", null));

        assertThat(odd.body()).hasToString(json("{'volumeAttachments':[{'volumeId':'a'},{'volumeId':'b'}]}"));
    }

    @Test
    void anAnswerWithoutBodyStaysSo() {
        OddAnswers odd = new OddAnswers(List.of(new Fault.OddAnswer(null, "x", null)));

        assertThat(odd.in(Answer.empty(204)).body()).isNull();
    }

    private static Answer in(String body, Fault.OddAnswer... odd) {
        return new OddAnswers(List.of(odd)).in(Answer.ok(Json.MAPPER.readTree(json(body))));
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
