# Asks how the system shall be set up and writes .env for docker compose. An existing .env is kept.
#   ./deployment.ps1             asks; what an openrc file has set is offered as default
#   ./deployment.ps1 -Simulator  asks nothing: the simulated cloud with its published credentials
param([switch] $Simulator)
$ErrorActionPreference = 'Stop'

$EnvFile = Join-Path $PSScriptRoot '.env'
if (Test-Path $EnvFile) {
    Write-Host '.env exists and is kept. Move it away to be asked again.'
    exit 0
}
$Lines = [System.Collections.Generic.List[string]]::new()

function New-RandomKey {
    $Bytes = New-Object byte[] 32
    $Generator = [System.Security.Cryptography.RandomNumberGenerator]::Create()
    $Generator.GetBytes($Bytes)
    $Generator.Dispose()
    [Convert]::ToBase64String($Bytes)
}

# Quoted so that docker compose reads the value as it is.
function Set-Value([string] $Name, [string] $Value) {
    if ($Value.Contains("'")) {
        $Escaped = $Value.Replace('\', '\\').Replace('"', '\"').Replace('$', '\$').Replace('`', '\`')
        $Lines.Add("$Name=`"$Escaped`"")
    } else {
        $Lines.Add("$Name='$Value'")
    }
}

function Read-Answer([string] $Question, [string] $Default) {
    $Offer = if ($Default) { " [$Default]" } else { '' }
    $Answer = Read-Host "$Question$Offer"
    if ($Answer) { $Answer } else { $Default }
}

function Read-Required([string] $Name, [string] $Question, [string] $Default) {
    while ($true) {
        $Answer = Read-Answer $Question $Default
        if ($Answer) { return $Answer }
        Write-Host "An answer is needed ($Name)."
    }
}

function Read-YesNo([string] $Name, [string] $Question, [string] $Default) {
    while ($true) {
        $Answer = Read-Answer "$Question (true/false)" $Default
        if ($Answer -ceq 'true' -or $Answer -ceq 'false') { Set-Value $Name $Answer; return }
        Write-Host "Answer true or false, not '$Answer'."
    }
}

# Not echoed; an answer from the environment is kept when the line is empty.
function Read-Secret([string] $Name, [string] $Question, [string] $Default) {
    while ($true) {
        $Offer = if ($Default) { ' [from the environment]' } else { '' }
        $Secure = Read-Host "$Question$Offer" -AsSecureString
        $Answer = [System.Net.NetworkCredential]::new('', $Secure).Password
        if (-not $Answer) { $Answer = $Default }
        if ($Answer) { Set-Value $Name $Answer; return }
        Write-Host "An answer is needed ($Name)."
    }
}

function Or-Default([string] $Value, [string] $Default) { if ($Value) { $Value } else { $Default } }

if ($Simulator) {
    Set-Value COMPOSE_PROFILES simulator
    Set-Value RESTORE_ENABLED true
    Set-Value RESTORE_DRY_RUN false
    Set-Value RESTORE_CLEANUP_VOLUMES false
    Set-Value OS_AUTH_URL 'http://simulator:5000/identity/v3'
    Set-Value OS_USERNAME admin
    Set-Value OS_PASSWORD demo-admin
    Set-Value OS_PROJECT_NAME service
    Set-Value SNAPSHOT_SERVICE_USER_EMAIL 'snapshot-svc@company.com'
    Set-Value SNAPSHOT_SERVICE_USER_PASSWORD demo-service
    Set-Value SNAPSHOT_SERVICE_USER_DOMAIN default
} else {
    Write-Host '── Snapshot Restore Configuration ──'
    Read-YesNo RESTORE_ENABLED 'Enable Snapshot Restore feature?' false
    Read-YesNo RESTORE_DRY_RUN 'Enable Dry-Run mode? (plans only, no execution)' false
    Read-YesNo RESTORE_CLEANUP_VOLUMES 'Enable Volume Cleanup on failed restores?' false

    Write-Host ''
    Write-Host '── The cloud, as in an openrc file ──'
    while ($true) {
        $Url = Read-Required OS_AUTH_URL 'Keystone URL (OS_AUTH_URL)' $env:OS_AUTH_URL
        if ($Url -match '^https?://.') { Set-Value OS_AUTH_URL $Url; break }
        Write-Host "The URL begins with http:// or https://, not '$Url'."
    }
    Set-Value OS_USERNAME (Read-Required OS_USERNAME 'Administrator (OS_USERNAME)' $env:OS_USERNAME)
    Read-Secret OS_PASSWORD 'Password (OS_PASSWORD)' $env:OS_PASSWORD
    Set-Value OS_PROJECT_NAME (Read-Required OS_PROJECT_NAME 'Project of the administrator (OS_PROJECT_NAME)' $env:OS_PROJECT_NAME)
    Set-Value OS_USER_DOMAIN_NAME (Read-Answer 'Domain of the administrator' (Or-Default $env:OS_USER_DOMAIN_NAME 'Default'))
    Set-Value OS_PROJECT_DOMAIN_NAME (Read-Answer 'Domain of the project' (Or-Default $env:OS_PROJECT_DOMAIN_NAME 'Default'))
    Set-Value OS_REGION_NAME (Read-Answer 'Region' (Or-Default $env:OS_REGION_NAME 'RegionOne'))
    # Seldom needed, so taken over from the openrc file without a question.
    foreach ($Name in 'OS_CACERT', 'OS_INSECURE', 'OS_CERT', 'OS_KEY') {
        $Given = [Environment]::GetEnvironmentVariable($Name)
        if ($Given) { Set-Value $Name $Given }
    }

    Write-Host ''
    Write-Host '── Service user, for the VMs of every tenant (empty: only the project above) ──'
    $Email = Read-Answer 'Service user' $env:SNAPSHOT_SERVICE_USER_EMAIL
    if ($Email) {
        Set-Value SNAPSHOT_SERVICE_USER_EMAIL $Email
        Read-Secret SNAPSHOT_SERVICE_USER_PASSWORD 'Its password' $env:SNAPSHOT_SERVICE_USER_PASSWORD
        Set-Value SNAPSHOT_SERVICE_USER_DOMAIN (Read-Answer 'Its domain' (Or-Default $env:SNAPSHOT_SERVICE_USER_DOMAIN 'default'))
    }
}
Set-Value RESTORE_JWT_SECRET (New-RandomKey)
Set-Value RESTORE_ENCRYPTION_KEY (New-RandomKey)
Set-Value RESTORE_DB_PASSWORD (New-RandomKey)

# Fails if another run was quicker; its file is kept. Readable by the owner only where the system knows such rights.
$Stream = [System.IO.File]::Open($EnvFile, [System.IO.FileMode]::CreateNew)
if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) { chmod 600 $EnvFile }
$Writer = [System.IO.StreamWriter]::new($Stream, [System.Text.UTF8Encoding]::new($false))
$Lines | ForEach-Object { $Writer.Write("$_`n") }
$Writer.Dispose()
Write-Host 'Wrote .env. Next: docker compose up -d --build'
