package io.vmrestore.common.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names in a command stay names, whatever they look like. */
class ClientCommandTest {
    @Test
    void aCommandNamesTheProjectAndQuotesWhatNeedsIt() {
        assertThat(ClientCommand.in("project-1", "server set", "2.19")
                        .option("--description", "it's $HOME")
                        .about("vm-1"))
                .hasToString("openstack --os-compute-api-version 2.19 --os-project-id project-1 server set"
                        + " --description 'it'\\''s $HOME' vm-1");
    }

    @Test
    void whatBeginsWithAHyphenIsNotTakenForAnOption() {
        assertThat(ClientCommand.in("project-1", "server create")
                        .option("--property", "-k=v")
                        .about("-rf"))
                .hasToString("openstack --os-project-id project-1 server create --property=-k=v -- -rf");
    }

    @Test
    void aNameThatATerminalWouldActOnIsWrittenInBytesThatAShellReadsBack() {
        assertThat(ShellText.quoted("a\u001b[2J\u202e'\\\n")).isEqualTo("$'a\\033[2J\\342\\200\\256\\'\\\\\\012'");
        assertThat(ShellText.quoted("plain")).isEqualTo("plain");
        assertThat(ShellText.quoted("it's")).isEqualTo("'it'\\''s'");
        assertThat(ShellText.quoted("")).isEqualTo("''");
    }
}
