// The texts of the screen that configures a restore.
import { say } from "../foreign.js";

const notFound = (addresses) => `Clients that use ${addresses} will not find it.`;

export const configure = {
  title: (name) => say`Restore ${name}`,
  changeVm: "Choose another VM",
  points: {
    heading: "To which point in time?",
    lead: "Snapshots of the boot volume, newest first.",
    now: "now",
    older: "of an earlier boot volume",
    unnamed: "unnamed snapshot",
    empty: {
      title: "No restore points",
      detail: "There is no snapshot of this VM's boot volume. Snapshots that are made from now on appear here.",
    },
    choose: "Choose a restore point.",
  },
  mode: {
    heading: "Beside the original, or in its place?",
    NEW: {
      title: "NEW: beside the original",
      detail: [
        "The original keeps running and is not touched.",
        "You get a second VM with a new id.",
      ],
      cancel: (cleanup) =>
        cleanup
          ? "Can be cancelled at any time; what was made is removed."
          : "Can be cancelled at any time; server and ports are removed, the new volume stays until you delete it.",
    },
    REPLACE: {
      title: "REPLACE: in place of the original",
      badge: "Deletes a VM",
      detail: (name) => [
        say`${name} is deleted for good before the new VM is started.`,
        "Whatever was written since the snapshot is lost.",
        "Cannot be cancelled once the deletion has begun.",
      ],
      notes: "What stands against replacing it now:",
    },
  },
  name: {
    heading: "What is the new VM called?",
    label: "Name of the restored VM",
    default: (name) => say`${name}-restored-…`,
    hint: (name) => say`Leave empty for ${name}-restored-<time>.`,
    kept: (name) => say`It keeps the name ${name}.`,
  },
  ip: {
    heading: "Which addresses does it get?",
    // A strategy that is not here is not offered.
    strategies: {
      NEW_IPS: {
        title: "NEW_IPS: new addresses",
        detail: {
          NEW: () => "No conflict with the original. Clients find the restored VM at its new addresses only.",
          REPLACE: (addresses) => (addresses ? notFound(addresses) : "The restored VM gets other addresses than it had."),
        },
        outcome: {
          NEW: ({ network }) => say`new address of ${network}`,
          REPLACE: ({ network, fixed_ips: ips }) => [say`new address of ${network}`, ips.length > 0 && [". ", notFound(ips.join(", "))]],
        },
        warnsIn: ["REPLACE"],
      },
      TRY_SAME_IPS: {
        title: "TRY_SAME_IPS: the same if they are free",
        detail: {
          NEW: () => "The original has its addresses as long as it exists. The restored VM gets new ones; the result says which.",
          REPLACE: () => "An interface whose addresses somebody takes in between gets new ones. The result says which.",
        },
        outcome: {
          NEW: () => "in use by the original, so very likely new",
          REPLACE: () => "the same; new ones if somebody takes them in between",
        },
        warnsIn: [],
      },
      SAME_IPS_OR_FAIL: {
        title: "SAME_IPS_OR_FAIL: the same or nothing",
        detail: {
          NEW: () => "The original has its addresses as long as it exists. The restore fails unless you free them first.",
          REPLACE: () => "The restored VM is found where the original was. The restore fails if somebody takes an address in between.",
        },
        outcome: {
          NEW: () => "in use by the original: the restore will fail unless you free them first",
          REPLACE: () => "the same, or the restore fails",
        },
        warnsIn: ["NEW"],
      },
    },
    // What is chosen until somebody chooses: the strategy that keeps what clients rely on.
    preselected: { NEW: "NEW_IPS", REPLACE: "SAME_IPS_OR_FAIL" },
    tableCaption: "What that means for each network interface",
    columns: { nic: "Interface", now: "Now", then: "After the restore" },
    nic: (index) => `Interface ${index}`,
    noNics: "This VM has no network interface.",
    floating: (addresses) => `Floating ${addresses}`,
    floatingOutcome: { NEW: "stays with the original", REPLACE: "follows" },
  },
  summary: {
    label: "Your choice",
    vm: "VM",
    nothing: "Choose a restore point to go on.",
    generate: "Generate plan",
    busy: "Reading the cloud…",
    readOnly: "A plan only reads; nothing is changed before you execute it.",
  },
  inactive: "This VM cannot be restored",
  earlierPlan: {
    title: "You are changing a plan",
    detail: "Your choices are taken from it. It stays as it is: it changes nothing, and it expires if nobody executes it.",
    open: "Open the earlier plan, to discard it or to execute it after all",
  },
  missing: {
    title: "This VM is not in the project any more",
    detail: "It may have been deleted, moved, or replaced by a restore, or be of a project in which you do not work now. The jobs of this VM say what a restore did.",
    jobs: "Jobs of this VM",
  },
};
