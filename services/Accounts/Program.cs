using FluentValidation;
using Microblog.Accounts;
using Microblog.Accounts.Authorize;
using Microblog.Accounts.DescribeServer;
using Microblog.Accounts.EditProfile;
using Microblog.Accounts.IssueToken;
using Microblog.Accounts.KeepSnapshots;
using Microblog.Accounts.MarkPosition;
using Microblog.Accounts.Pages;
using Microblog.Accounts.RegisterApp;
using Microblog.Accounts.ReportAccount;
using Microblog.Accounts.RevokeToken;
using Microblog.Accounts.SearchAccounts;
using Microblog.Accounts.ShowAccount;
using Microblog.Accounts.ShowCredentials;
using Microblog.Accounts.ShowInstance;
using Microblog.Accounts.ShowPreferences;
using Microblog.Accounts.SignIn;
using Microblog.Accounts.SignUp;
using Microblog.Accounts.Storage;
using Microblog.Accounts.Unoffered;
using Microblog.ClientEntities;
using Microblog.ServiceDefaults;
using Microblog.ServiceDefaults.ClientApi;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("accounts", AccountsConsumers.Add);
builder.AddClientApi();
builder.AddKeyRenewal();
builder.AddAccountsStorage();
builder.AddClientEntities();
builder.Services.AddOptions<AccountsOptions>()
    .BindConfiguration(AccountsOptions.Section)
    .ValidateDataAnnotations()
    .ValidateOnStart();
builder.Services.AddSingleton<AccountsMetrics>();
builder.Services.AddSingleton<BrowserSessions>();
builder.Services.AddSingleton<LoginLimits>();
builder.Services.AddSingleton<InstanceCounts>();
builder.Services.AddSingleton<IValidator<RegisterAppRequest>, RegisterAppValidator>();
builder.Services.AddSingleton<IValidator<SignUpRequest>, SignUpValidator>();
builder.Services.AddSingleton<IValidator<EditProfileRequest>, EditProfileValidator>();
builder.Services.AddScoped<AuthorizationCheck>();
builder.Services.AddScoped<ConsentCodes>();
builder.Services.AddScoped<CodeGrant>();
builder.Services.AddScoped<PasswordGrant>();
builder.Services.AddScoped<SignUps>();
builder.Services.AddScoped<NameIndex>();
builder.Services.AddHostedService<SnapshotKeeper>();

var app = builder.Build();

app.MapServiceDefaults();
app.UseClientApi();

app.MapRegisterApp();
app.MapShowApp();
app.MapAskConsent();
app.MapDecide();
app.MapShowCode();
app.MapIssueToken();
app.MapRevokeToken();
app.MapUserInfo();
app.MapOAuthMetadata();

app.MapSignIn();
app.MapSignOut();
app.MapSignUpPage();
app.MapSignUp();

app.MapShowCredentials();
app.MapEditProfile();
app.MapRemovePicture();
app.MapShowAccount();
app.MapShowAccounts();
app.MapLookUpAccount();
app.MapSearchAccounts();
app.MapProfilePage();
app.MapShowPreferences();
app.MapMarkers();
app.MapReportAccount();

app.MapShowInstanceV1();
app.MapShowInstanceV2();
app.MapInstanceExtras();
app.MapNodeInfo();
app.MapHostMeta();
app.MapWebFinger();
app.MapUnoffered();

// Accounts issues the tokens, and so it makes the keys that protect them.
if (args.Contains(ServiceDefaults.Migrate))
    app.Services.GetRequiredService<KeyRing>().Create();

await app.RunOrMigrate(args);
