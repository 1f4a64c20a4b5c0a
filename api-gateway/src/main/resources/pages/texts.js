// Every text of the wizard, those of the two largest screens in texts/. Functions where a text depends on something, with say`…` around
// names that others chose; words of the API and the cloud come from there.
import { say } from "./foreign.js";
import { configure } from "./texts/configure.js";
import { job } from "./texts/job.js";
import { plural } from "./texts/plural.js";

export const texts = {
  product: "VM Restore",
  title: (screen) => [screen, " · VM Restore"],
  skip: "Skip to content",
  navigation: { label: "Main", restore: "Restore a VM", jobs: "Jobs", docs: "REST interface" },
  theme: { label: "Colours", auto: "As the system", light: "Light", dark: "Dark" },
  dryRun: {
    title: "Dry run",
    detail: "This installation makes plans and executes nothing (RESTORE_DRY_RUN=true).",
  },
  loading: "Loading…",
  retry: "Try again",
  retryIn: (seconds) => `Trying again in ${seconds} s`,
  requestId: "Request id",
  copy: "Copy",
  copied: "Copied",
  copyOf: (what) => say`Copy ${what}`,
  copiedOf: (what) => say`Copied ${what}`,
  none: "none",
  justNow: "just now",
  unit: {
    gibibytes: (size) => `${size} GiB`,
    days: (count) => `${count} days`,
    hours: (count) => `${count} h`,
    minutes: (count) => `${count} min`,
    seconds: (count) => `${count} s`,
    milliseconds: (count) => `${count} ms`,
  },

  signIn: {
    title: "Sign in",
    lead: "With your OpenStack user name and password.",
    expired: "Your session has ended. Sign in again: you come back to where you were.",
    username: "User name",
    password: "Password",
    more: "Domain and project",
    domain: "Domain",
    domainHint: "Leave empty for Default.",
    project: "Project",
    projectHint: "Leave empty: you choose after signing in. Your role counts in that project.",
    submit: "Sign in",
    busy: "Asking Keystone…",
    missing: "Enter your user name and password.",
    showPassword: "Show password",
    hidePassword: "Hide password",
  },

  project: {
    choose: "Choose a project",
    chooseLead: (name) => say`You are signed in as ${name}. Your role counts in the project on which you have it; you can change the project later.`,
    now: "Project: ",
    all: "All projects",
    change: "Change the project",
    changeLead: "Other tabs stay in theirs.",
    changed: (name) => say`You work in project ${name} now.`,
    busy: "Asking Keystone…",
    filter: "Filter the projects",
    filterHint: "Name or id",
    count: (shown, all) => (shown === all ? plural(all, "project", "projects") : `${shown} of ${plural(all, "project", "projects")}`),
    noMatch: "No project matches. Try fewer letters.",
    none: (name) => ({
      title: "No project for you",
      detail: say`Keystone knows no project on which ${name ?? ""} has a role. Ask an administrator of the cloud for a role on the project, then try again.`,
    }),
  },

  account: {
    label: (name, role) => say`${name}, role ${role}: what you may do`,
    role: (role) => `Role ${role}`,
    heading: "What you may do",
    headingIn: (project) => say`What you may do in project ${project}`,
    permissions: {
      "restore:read": "See VMs, restore points and jobs",
      "restore:write": "Make plans, restore beside the original (NEW), cancel",
      "restore:admin": "Replace a VM (REPLACE)",
    },
    allowed: "allowed",
    denied: (permission) => `not with your role (${permission})`,
    signOut: "Sign out",
  },
  denied: {
    plan: (role) =>
      `Your role ${role} may look at everything here but not make plans. That needs restore:write: ask for the role admin or superadmin.`,
    execute: (role) =>
      `Your role ${role} may not start a restore. That needs restore:write: ask for the role admin or superadmin.`,
    replace: (role) =>
      `Your role ${role} may not replace a VM. That needs restore:admin: ask for the role superadmin.`,
    cancel: (role) => `Your role ${role} may not cancel. That needs restore:write: ask for the role admin or superadmin.`,
  },

  stepper: { label: "Steps of the restore", select: "Select VM", configure: "Configure", execute: "Execute" },

  select: {
    title: "Which VM do you want back?",
    lead: "Choose a project, then the VM whose snapshot you want to restore. Nothing is changed yet.",
    project: "Project",
    projectChoose: "Choose a project…",
    projectNot: (name) => say`${name} (cannot be restored)`,
    search: "Search",
    searchHint: "Name, id, status or address",
    onlyRestorable: "Only restorable",
    count: (shown, all) => (shown === all ? plural(all, "VM", "VMs") : `${shown} of ${plural(all, "VM", "VMs")}`),
    keys: "↑ ↓ move · Enter selects · / searches",
    keysLong: "Arrow keys move between the VMs, Enter selects the first one.",
    columns: { name: "VM", status: "Status", addresses: "Addresses", points: "Restore points" },
    points: (count) => plural(count, "usable restore point", "usable restore points"),
    newest: "newest",
    unusable: (count) => `${plural(count, "other", "others")} cannot be used`,
    notRestorable: "Cannot be restored",
    choose: (name) => say`Restore ${name}`,
    emptyProject: { title: "No VMs here", detail: "This project has no VMs. Choose another one above." },
    noMatch: { title: "No VM matches", detail: "Try fewer letters, or clear the search.", clear: "Clear the search" },
    noProject: {
      title: "Choose a project first",
      detail: "The list shows every project that this installation can see.",
    },
    noProjects: {
      title: "No projects",
      detail: "The cloud shows no project to this installation. An operator checks its credentials (OS_*).",
    },
  },

  configure,

  job,

  jobs: {
    title: "Jobs",
    lead: "Every plan and restore, newest first.",
    filters: {
      label: "Filter", status: "Status", mode: "Mode", project: "Project", vm: "VM id", by: "Requested by", after: "From", before: "Until",
      any: "Any", clear: "Clear filters", more: "More filters", fewer: "Fewer filters",
    },
    columns: { status: "Status", vm: "VM", mode: "Mode", by: "Requested by", at: "Requested", took: "Took" },
    became: (name) => say`→ ${name}`,
    percent: (share) => `${share} %`,
    count: (count) => plural(count, "job", "jobs"),
    next: "Older",
    first: "Newest",
    pages: "Pages",
    asOf: "As of",
    refresh: "Refresh",
    open: (name) => say`Open restore of ${name}`,
    empty: { title: "No jobs yet", detail: "Plans and restores appear here as soon as somebody makes one.", action: "Restore a VM" },
    noMatch: { title: "No job matches", detail: "Change or clear the filters.", clear: "Clear filters" },
  },

  problem: {
    unreachable: { title: "No connection", detail: "The gateway does not answer. Check your network; this page tries again by itself." },
    unreadable: { title: "Unexpected answer", detail: (status) => `Something between you and the gateway answered with status ${status}.` },
    disabled: {
      title: "Snapshot restore is switched off",
      detail: "This installation has the feature disabled. An operator switches it on with",
      setting: "RESTORE_ENABLED=true",
      then: "and restarts the gateway. Until then nothing can be listed, planned or restored here.",
    },
    missingBackend: {
      "status-store-unavailable": "The status store does not answer",
      "inventory-unavailable": "The inventory does not answer",
      "event-log-unavailable": "The event log does not answer",
      "token-check-unavailable": "Your token cannot be checked",
      "cloud-unavailable": "The cloud does not answer",
      "cloud-timeout": "The cloud does not answer in time",
      unreachable: "No connection",
      lead: "Restores that run go on by themselves. This page comes back as soon as it can.",
    },
    unknownPage: { title: "There is nothing here", detail: "The address may be mistyped or out of date.", action: "Restore a VM" },
    fault: { title: "This page has a fault", detail: "Reload it. If it happens again, tell whoever runs this installation what you did." },
  },

  standing: { NOT_EXECUTABLE: "Cannot be executed", WILL_FAIL: "Will fail" },
  status: {
    PLANNING: "Planning", PLANNED: "Planned", PENDING: "Pending", RUNNING: "Running", COMPLETED: "Completed",
    FAILED: "Failed", CANCELLED: "Cancelled", INTERRUPTED: "Interrupted", DRY_RUN: "Dry run", SKIPPED: "Skipped", STOPPED: "Stopped",
  },
  actions: {
    validate: "Check the plan is still true",
    check_quota: "Check quota",
    create_volume: "Create volume",
    delete_server: "Delete original",
    create_port: "Create port",
    create_server: "Create server",
    wait_active: "Wait until ACTIVE",
    finalize: "Compare and finish",
    rollback_server: "Remove server",
    rollback_port: "Remove port",
    rollback_volume: "Remove volume",
  },
  shortActions: {
    validate: "Check plan", check_quota: "Check quota", create_volume: "Create volume", delete_server: "Delete original",
    create_port: "Create port", create_server: "Create server", wait_active: "Wait ACTIVE", finalize: "Finish",
    rollback_server: "Remove server", rollback_port: "Remove port", rollback_volume: "Remove volume",
  },
  ofNic: (nic) => ` ${nic}`,
  resources: { SERVER: "Server", VOLUME: "Volume", PORT: "Port", KEY_PAIR: "Key pair" },
  fields: {
    name: "Name", id: "Server id", status: "Status", flavor: "Flavor", key_pair: "Key pair", owner: "Owner", tags: "Tags",
    description: "Description", availability_zone: "Availability zone", config_drive: "Config drive", server_group: "Server group",
    security_groups: "Security groups", "volume.id": "Boot volume id", "volume.size": "Boot volume size",
    "volume.type": "Boot volume type", "volume.availability_zone": "Boot volume zone", data_volumes: "Data volumes",
    delete_on_termination: "Delete volume with VM", network: "Network", ips: "Addresses", mac_address: "MAC address",
    port_security: "Port security", allowed_address_pairs: "Allowed address pairs", dns_name: "DNS name", qos_policy: "QoS policy",
    floating_ips: "Floating addresses", metadata: "Metadata", "volume.image_properties": "Image property", user_data: "User data",
    "volume.metadata": "Volume metadata", "volume.description": "Volume description",
  },
};
