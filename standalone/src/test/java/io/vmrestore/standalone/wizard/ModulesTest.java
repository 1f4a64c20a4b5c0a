package io.vmrestore.standalone.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single modules of the wizard, in a browser, with data that the system does not easily come to. */
class ModulesTest {
    @RegisterExtension
    static final Wizard WIZARD = new Wizard();

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "999, 999 ms",
        "1500, 1.5 s",
        "59400, 59 s",
        "65000, 1 min 5 s",
        "3600000, 1 h",
        "5430000, 1 h 30 min"
    })
    void durationsReadNaturally(long milliseconds, String words) {
        assertThat(evaluate("const { duration } = await load('times.js'); return duration(" + milliseconds + ")"))
                .isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T08:00:00Z, just now",
        "2026-11-25T07:59:00Z, 1 minute ago",
        "2026-11-25T05:00:00Z, 3 hours ago",
        "2026-11-22T08:00:00Z, 3 days ago",
        "2026-09-20T08:00:00Z, 2 months ago",
        "2026-11-26T08:00:00Z, in 1 day"
    })
    void agesReadNaturally(String moment, String words) {
        assertThat(evaluate("const { ago } = await load('times.js');" + " return ago('" + moment
                        + "', Date.parse('2026-11-25T08:00:00Z'))"))
                .isEqualTo(words);
    }

    @Test
    void emptyParametersAreLeftOutOfAPath() {
        assertThat(evaluate("const { withQuery } = await load('router.js'); return withQuery('/ui/jobs', { a: '',"
                        + " b: null, c: 'x y', d: undefined })"))
                .isEqualTo("/ui/jobs?c=x+y");
    }

    @Test
    void aChangeOfTheProjectLeavesOutWhatNamedTheOldOne() {
        assertThat(evaluate("""
            const { pathIn } = await load('switching.js');
            return [
              pathIn({ name: 'vms', path: '/ui/vms', query: { project: 'a', q: 'x' } }, 'b'),
              pathIn({ name: 'vms', path: '/ui/vms', query: { project: 'b', q: 'x' } }, 'b'),
              pathIn({ name: 'vms', path: '/ui/', query: {} }, 'b'),
              pathIn({ name: 'configure', path: '/ui/projects/a/vms/1', project: 'a', query: {} }, 'b'),
              pathIn({ name: 'configure', path: '/ui/projects/b/vms/1', project: 'b', query: {} }, 'b'),
              pathIn({ name: 'jobs', path: '/ui/jobs', query: { mode: 'NEW', project_id: 'a', vm_id: '1', marker: 'm' } }, 'b'),
              pathIn({ name: 'jobs', path: '/ui/jobs', query: { vm_id: '1', project_id: 'b' } }, 'b'),
              pathIn({ name: 'jobs', path: '/ui/jobs', query: { status: 'FAILED' } }, 'b'),
              pathIn({ name: 'job', path: '/ui/jobs/7', job: '7', query: {} }, 'b'),
              pathIn({ name: 'unknown', path: '/ui/x', query: {} }, 'b'),
            ].map(String)\
            """))
                .isEqualTo(List.of(
                        "/ui/vms",
                        "null",
                        "null",
                        "/ui/vms",
                        "null",
                        "/ui/jobs?mode=NEW",
                        "null",
                        "null",
                        "null",
                        "null"));
    }

    @Test
    void theLateAnswerToATokenOfBeforeEndsNoSession() {
        assertThat(evaluate("""
            const session = await load('session.js');
            const of = (token, role, project) => ({ token, role, project, username: 'olga', permissions: [], expiresAt: Date.now() + 60000 });
            session.begin(of('new', 'admin', { id: 'b', name: 'B' }));
            session.expire('old');
            session.leaveProject('old');
            const kept = session.get().role;
            session.leaveProject('new');
            const left = session.get();
            session.begin(of('newer', 'admin', { id: 'b', name: 'B' }));
            session.expire('newer');
            const ended = [session.get(), session.hasExpired()];
            session.begin(of('unscoped', null, null));
            const back = session.endedIn().id;
            session.signOut();
            return [kept, left.token, left.role, left.project, ...ended, back, session.hasExpired()].map(String)\
            """)).isEqualTo(List.of("admin", "new", "null", "null", "null", "true", "b", "false"));
    }

    @Test
    void aStepIsAsDeepAsTheLongestWayToIt() {
        assertThat(evaluate("""
            const { depths } = await load('components/steps.js');
            const step = (step_order, ...depends_on) => ({ step_order, depends_on });
            return [...depths([step(1), step(2), step(3, 1, 2), step(4, 1), step(5, 3, 4), step(6, 99)]).values()]\
            """)).isEqualTo(List.of(0, 0, 1, 1, 2, 0));
    }

    @Test
    void whatUndoesAPortNamesItsInterface() {
        assertThat(evaluate("""
            const { stepName } = await load('components/steps.js');
            const steps = [
              { step_order: 4, action: 'create_port', nic: 1, undoes: null },
              { step_order: 9, action: 'rollback_port', nic: null, undoes: 4 },
              { step_order: 10, action: 'rollback_volume', nic: null, undoes: 3 },
            ];
            return steps.map((step) => stepName(step, steps))\
            """)).isEqualTo(List.of("Create port 1", "Remove port 1", "Remove volume"));
    }

    @Test
    void momentsInSentencesAreInTheViewersZone() {
        assertThat((String) evaluate("""
            const { h, render } = await load('dom.js');
            const { Words } = await load('components/words.js');
            const place = document.createElement('p');
            render(h(Words, null, 'Lost since 2026-11-24T09:12:17Z, when it was taken.'), place);
            return `${place.textContent} ${place.querySelector('time').title}`\
            """))
                .startsWith("Lost since 24 Nov 2026, 10:12, when it was taken. Tue")
                .endsWith("10:12:17 CET");
    }

    @Test
    void whatCannotBeSeenInANameIsShownAsAnEscape() {
        assertThat(evaluate("""
            const { visibleName } = await load('foreign.js');
            return ['a\\u202Eb', 'a\\u00A0b', 'a\\u200Bb', 'a\\nb', 'a\\0b', 'a\\uD800b', 'a\\u{E0041}', 'ab\\u200D', 'a  b', '👩‍💻 🗄️', 'é']
              .map(visibleName)\
            """))
                .isEqualTo(List.of(
                        "a\\u202Eb",
                        "a\\u00A0b",
                        "a\\u200Bb",
                        "a\\nb",
                        "a\\u0000b",
                        "a\\uD800b",
                        "a\\u{E0041}",
                        "ab\\u200D",
                        "a  b",
                        "👩‍💻 🗄️",
                        "é"));
    }

    @Test
    void namesKeepTheirDirectionToThemselvesInPlainTextToo() {
        assertThat(evaluate("""
            const { plain, say } = await load('foreign.js');
            return [say`Restore ${'web-1'}`, say`Restore ${'خادم'} now`, say`Restore ${'a\\u2069\\u202Eb'}`].map(plain)\
            """))
                .isEqualTo(List.of("Restore web-1", "Restore \u2068خادم\u2069 now", "Restore a\\u2069\\u202Eb"));
    }

    /** Every name can be confirmed by typing what is shown; what differs is left for the API to refuse. */
    @Test
    void theSentenceIsWhatTheApiAsksForOrWhatIsShown() {
        assertThat(evaluate("""
            const { confirmationOf } = await load('screens/job/confirmation.js');
            const exact = (name, typed) => confirmationOf(name, typed) === `DELETE AND RESTORE ${name}`;
            return [
              exact('a  b', 'DELETE AND RESTORE a  b'),
              exact('a  b', 'DELETE AND RESTORE a b'),
              exact('a\\u202Eb', 'DELETE AND RESTORE a\\\\u202Eb'),
              exact('a\\u00A0b', 'DELETE AND RESTORE a\\\\u00A0b'),
              exact('a\\u00A0b', 'DELETE AND RESTORE a b'),
              exact('e\\u0301', 'DELETE AND RESTORE é'),
              exact('🗄️', 'DELETE AND RESTORE 🗄️'),
              exact('web', 'delete and restore web'),
              exact('web', 'DELETE AND RESTORE web '),
            ]\
            """)).isEqualTo(List.of(true, false, true, true, false, true, true, false, false));
    }

    @Test
    void anInterruptedRestoreSaysWhatToLookAt() {
        assertThat((String) evaluate("""
            const { h, render } = await load('dom.js');
            const { Outcome } = await load('screens/job/outcome.js');
            const job = {
              status: 'INTERRUPTED', plan: {}, next_actions: ['Look at it', 'openstack server show 1'], executed_by: 'olga',
              leftovers: [{ type: 'SERVER', id: '1', name: 'half' }], failure: null, cancellation: null, result: null,
            };
            const place = document.createElement('div');
            render(h(Outcome, { job }), place);
            return place.textContent\
            """))
                .contains(
                        "Interrupted", "given up", "Look at it", "openstack server show 1", "Left behind (1)", "half");
    }

    /** Also where an earlier build has planned, which told neither severities nor readiness. */
    @Test
    void howSevereAWarningIsComesFromTheApi() {
        assertThat(evaluate("""
            const { standing, warningsOf } = await load('components/severity.js');
            const warnings = ['a is lost', 'b will fail', 'c', 'd'];
            return [
              warningsOf({ warnings, warning_severities: ['COSMETIC', 'CHANGES', 'BLOCKS', 'LOSES'] }).map(({ text }) => text[0]).join(''),
              warningsOf({ warnings }).map(({ text, severity }) => text[0] + severity[1]).join(''),
              standing({ status: 'PLANNED', readiness: 'NOT_ELIGIBLE' }),
              standing({ status: 'PLANNED', readiness: 'WILL_FAIL' }),
              standing({ status: 'PLANNED', readiness: 'READY' }),
              standing({ status: 'PLANNED' }),
              standing({ status: 'RUNNING', readiness: null }),
            ]\
            """))
                .isEqualTo(List.of("cdba", "aHbHcHdH", "NOT_EXECUTABLE", "WILL_FAIL", "PLANNED", "PLANNED", "RUNNING"));
    }

    /** A sentence with the words of a command in it, such as the name of a VM, is no command. */
    @Test
    void aCommandIsWhatTheApiCallsOne() {
        assertThat((String) evaluate("""
            const { h, render } = await load('dom.js');
            const { Outcome } = await load('screens/job/outcome.js');
            const job = {
              status: 'INTERRUPTED', plan: {}, next_actions: ['x'], executed_by: 'olga',
              instructions: [{ text: 'The VM "my openstack server delete 1" is gone', command: null }, { text: 'See', command: 'openstack server show 2' }],
              leftovers: [], failure: null, cancellation: null, result: null,
            };
            const place = document.createElement('div');
            render(h(Outcome, { job }), place);
            return [...place.querySelectorAll('code')].map((code) => code.textContent).join('|')\
            """)).isEqualTo("openstack server show 2");
    }

    private static Object evaluate(String body) {
        Page page = WIZARD.page(Look.LIGHT.options());
        page.navigate(WizardSystem.url() + "/ui/");
        return page.evaluate("async () => { const base = document.querySelector('script[type=module]').src;"
                + " const load = (file) => import(new URL(file, base)); " + body + " }");
    }
}
