/** Where the cloud is, and with which identities it is asked. */
@NullMarked
package io.vmrestore.openstack.settings;

import org.jspecify.annotations.NullMarked;
