using Microblog.ServiceDefaults.ClientApi;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Microblog.Accounts.Storage;

/// <summary>
/// Hashes passwords, on as many cores as there are and with a bounded queue before them: a hash costs a tenth of a
/// second on purpose, and logins must not be a way to take the service down.
/// </summary>
internal sealed class Passwords : IDisposable
{
    public const int CharactersMin = 8;
    public const int CharactersMax = 256;

    /// <summary>Logins that may wait for a core; more are refused with 503.</summary>
    private const int WaitingMax = 100;

    private static readonly HashSet<string> Common = ReadCommon();

    private readonly PasswordHasher<string> _hasher;
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private readonly string _hashOfNobody;
    private int _waiting;

    public Passwords(IOptions<AccountsOptions> options)
    {
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.PasswordIterations }));
        _hashOfNobody = _hasher.HashPassword("", Secrets.New());
    }

    /// <summary>Whether it is one of the first that anybody tries.</summary>
    public static bool IsCommon(string password) => Common.Contains(password.ToLowerInvariant());

    public Task<string> Hash(string password, CancellationToken cancellationToken) =>
        OnFreeCore(() => _hasher.HashPassword("", password), cancellationToken);

    /// <summary>Takes as long for nobody's password (<paramref name="hash"/> null) as for a wrong one.</summary>
    public Task<PasswordVerificationResult> Verify(
        string? hash,
        string password,
        CancellationToken cancellationToken) =>
        OnFreeCore(
            () => password.Length > CharactersMax
                ? PasswordVerificationResult.Failed
                : VerifyNow(hash, password),
            cancellationToken);

    public void Dispose() => _cores.Dispose();

    private PasswordVerificationResult VerifyNow(string? hash, string password)
    {
        var result = _hasher.VerifyHashedPassword("", hash ?? _hashOfNobody, password);
        return hash is null ? PasswordVerificationResult.Failed : result;
    }

    private async Task<T> OnFreeCore<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref _waiting);
            throw new ClientException(StatusCodes.Status503ServiceUnavailable, ClientErrors.TemporaryProblem)
            {
                RetryAfter = TimeSpan.FromSeconds(5),
            };
        }

        try
        {
            await _cores.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return work();
        }
        finally
        {
            _cores.Release();
        }
    }

    private static HashSet<string> ReadCommon()
    {
        using var stream = typeof(Passwords).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is missing.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
