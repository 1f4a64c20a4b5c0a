package io.vmrestore.simulator.recording;

import io.vmrestore.simulator.engine.Owner;

/** The ids in the recordings. */
final class RecordedIds {
    static final String PASSWORD = "recorded";
    static final String TENANT_A = "a47cf8b4a2c846d8b1410dbdc41cec4d";
    static final String TENANT_B = "233fa6053085452e8265622e332dfc4d";
    static final String SERVICE = "cf7bcb8cc2c44f02adaa24aeb8d54a61";
    static final String SERVICE_USER = "365ab67fe11148c0b3a4c41bd1b0da01";
    static final String USER_A = "64d63eb01a3348a19ad43a7e4158f834";
    static final String USER_B = "2cb1e7f44be14e8288f8b2f208d5815d";
    static final String ADMIN_USER = "ad000000000000000000000000000000";
    static final String ADMIN_ROLE = "2df0e2e94b594be29a7fec89b501cecb";
    static final String MEMBER_ROLE = "507961d5b21a4974987c7b6ebffaa390";
    static final String READER_ROLE = "5f4f035c3de14cba98a8bfe0f5881b05";
    static final String NET_A1 = "3526bbc4-924c-4fac-a463-9a53270526b8";
    static final String NET_A2 = "97d688e2-0c65-4802-8d4a-dba3bcf17dab";
    static final String NET_B1 = "76665db9-a57f-4a76-90f2-6f98b703cb43";
    static final String NET_TINY = "c415da46-dbb0-44a2-8c48-1eb73fb2ffd1";
    static final String NET_SHARED = "ba59059b-1446-4070-9afa-0c5930a82aa2";
    static final String IMAGE = "01b57e43-2060-4a84-97fa-7e582c5c1c3d";
    static final String OTHER_VOLUME = "27cdc74b-e65d-48fa-a1bd-0981f6c1220e";
    static final String RESTORED_VOLUME = "648d658c-6835-4282-8ad5-b4674295aa7d";
    static final String RESTORED_SERVER = "51ec8288-d23c-4189-b818-c60b256deeb0";
    static final String RESTORED_PORT_1 = "a93e6ee5-078a-4f80-a0a2-3f9dbf7e3441";
    static final String RESTORED_PORT_2 = "0a2a1082-3cd0-4ca4-88b5-69d6317469e5";
    static final String SPARE_PORT = "abbccb28-df8a-4d30-b986-5672139dcc34";
    static final String CANCEL_PORT = "850392e6-6473-459a-96e7-1c979038b0ca";
    static final String RECORDED_VOLUME = "37d05d5a-3ac9-45a7-a5f6-9269cb4ee64a";
    static final String RECORDED_SNAPSHOT = "2787520b-83a6-495d-ad24-ad2e3088c69e";
    static final String RECORDED_PORT = "dc70a136-e47c-451a-aea7-4e3e8482e683";
    static final String SNAPSHOT_VM1 = "6157f867-b5e5-4492-9768-cad1c801322b";

    static final Owner OWNER_A = new Owner(TENANT_A, USER_A);
    static final Owner OWNER_B = new Owner(TENANT_B, USER_B);
    static final Owner SERVICE_ON_A = new Owner(TENANT_A, SERVICE_USER);

    private RecordedIds() {}
}
